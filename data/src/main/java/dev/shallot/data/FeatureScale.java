package dev.shallot.data;

/** How each feature is scaled, with parameters from the training rows. */
public enum FeatureScale {
  /** Not at all. */
  NONE,
  /** To [0, 1]: {@code (x - min) / (max - min)}. */
  MINMAX,
  /** To mean 0 and (population) standard deviation 1: {@code (x - mean) / deviation}. */
  ZSCORE
}
