package dev.shallot.data;

/** How targets are scaled, with parameters from the training rows. */
public enum LabelScale {
  /** Not at all. */
  NONE,
  /** Divided by the largest magnitude of all targets together, so that their ratios stay. */
  MAX_ABS,
  /** Each target to mean 0 and (population) standard deviation 1. */
  ZSCORE
}
