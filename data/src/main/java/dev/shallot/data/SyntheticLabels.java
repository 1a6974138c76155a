package dev.shallot.data;

/** The built-in label laws. */
public enum SyntheticLabels {
  /** The set's own: a teacher for the sphere, logits for the embedding, a rate for the table. */
  NATURAL,
  /** A ReLU network of width 5. */
  TEACHER,
  /** Uniform in [-1, 1]. */
  UNIFORM,
  /** -1 or 1, fair. */
  RADEMACHER,
  /** Standard normal. */
  GAUSS,
  /** sqrt(n) times the eigenvectors of the smallest eigenvalues of the infinite kernel. */
  ADVERSARIAL,
  /** The same, scaled so that the largest magnitude is 1. */
  ADVERSARIAL_BOUNDED
}
