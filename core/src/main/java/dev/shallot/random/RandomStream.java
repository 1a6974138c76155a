package dev.shallot.random;

/**
 * What a random number is for. The number is the second key word of the generator, so streams never
 * overlap whatever their counters are. The numbers are part of the file formats: never reuse one.
 */
public enum RandomStream {
  /** Hidden weights at initialisation. */
  HIDDEN_WEIGHTS(0),
  /** Output weights at initialisation. */
  OUTPUT_WEIGHTS(1),
  /** Masks of a round. */
  MASKS(2),
  /** The order in which minibatches visit the samples. */
  BATCHES(3),
  /** Which rows are held out. */
  SPLIT(4),
  /** Features of the built-in synthetic data. */
  SYNTHETIC_FEATURES(5),
  /** Labels of the built-in synthetic data. */
  SYNTHETIC_LABELS(6),
  /** Probe vectors of iterative linear algebra. */
  PROBES(7),
  /** Resamples of a bootstrap. */
  BOOTSTRAP(8),
  /** Which training rows are kept apart for early stopping. */
  VALIDATION(9),
  /** Which subnet learns from which samples. */
  SHARDS(10);

  private final long number;

  RandomStream(long number) {
    this.number = number;
  }

  /** The second key word. */
  public long number() {
    return number;
  }
}
