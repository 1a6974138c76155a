package dev.shallot.report;

import dev.shallot.run.RunException;

/**
 * Eigenvalues to draw, all of a matrix or some.
 *
 * @param name what the matrix is
 * @param order how many eigenvalues it has
 * @param ranks whose they are: 1 is the largest, ascending
 * @param values the eigenvalues of these ranks
 */
public record Spectrum(String name, int order, int[] ranks, double[] values) {
  public Spectrum {
    if (ranks.length != values.length || ranks.length == 0) {
      throw new RunException(
          "a spectrum needs as many ranks as eigenvalues and at least one, but has %d and %d"
              .formatted(ranks.length, values.length));
    }
  }

  /**
   * All eigenvalues of a matrix.
   *
   * @param ascending as a solver gives them
   */
  public static Spectrum of(String name, double[] ascending) {
    int n = ascending.length;
    int[] ranks = new int[n];
    double[] values = new double[n];
    for (int k = 0; k < n; k++) {
      ranks[k] = k + 1;
      values[k] = ascending[n - 1 - k];
    }
    return new Spectrum(name, n, ranks, values);
  }

  /** Whether all eigenvalues are here. */
  boolean complete() {
    return ranks.length == order;
  }

  double largest() {
    double largest = 0.0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
