package dev.shallot.data;

/** The built-in feature laws. */
public enum SyntheticSet {
  /** Uniform directions: Gaussian rows of norm 1. */
  SPHERE,
  /** Gaussian rows as they are: N(0, I), of norm about sqrt(d). */
  GAUSSIAN,
  /** A stand-in for embeddings of a deep network: non-negative, clustered, rows of norm 1. */
  EMBEDDING,
  /** A stand-in for a census table: columns in [0, 1] that follow a few latent factors. */
  TABULAR
}
