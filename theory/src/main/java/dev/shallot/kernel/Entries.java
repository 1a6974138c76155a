package dev.shallot.kernel;

import dev.shallot.engine.Team;

/** How the entries of a kernel are computed. */
sealed interface Entries
    permits InfiniteEntries, CountedEntries, WeightedEntries, TwoRateEntries, FormedEntries {
  /** n. */
  int samples();

  /** c. */
  int outputs();

  /** Scratch memory of one thread. */
  Tile.Worker worker();

  /**
   * {@code product = K vector} without K.
   *
   * @param vector n c numbers, output-major
   * @param product receives n c numbers
   */
  void multiply(double[] vector, double[] product, Team team);
}
