package dev.shallot.data;

import java.util.OptionalDouble;

/**
 * How close two rows come to being parallel: max over i &lt; j of |cos(x_i, x_j)|. Theorem 1 asks
 * that it be below 1.
 */
final class NearestParallel {
  private static final int MOST_ROWS = 2000;
  private static final double MOST_WORK = 1e9;

  private NearestParallel() {}

  /**
   * How many of the first rows are looked at: at most 2,000, and fewer where rows are so long that
   * it would take about a second or more.
   */
  static int rowsLookedAt(int rows, int features) {
    int affordable = (int) Math.sqrt(2.0 * MOST_WORK / features);
    return Math.min(rows, Math.min(MOST_ROWS, Math.max(2, affordable)));
  }

  /** The maximum among those rows; empty when fewer than two of them are not zero. */
  static OptionalDouble of(double[] x, int rows, int features) {
    int looked = rowsLookedAt(rows, features);
    double[] unit = new double[looked * features];
    int count = 0;
    for (int i = 0; i < looked; i++) {
      double norm = FeatureAssembly.norm(x, i * features, features);
      if (norm > 0.0 && Double.isFinite(norm)) {
        for (int j = 0; j < features; j++) {
          unit[count * features + j] = x[i * features + j] / norm;
        }
        count++;
      }
    }
    if (count < 2) {
      return OptionalDouble.empty();
    }
    double largest = 0.0;
    for (int i = 1; i < count; i++) {
      largest = Math.max(largest, largestBefore(unit, i, features));
    }
    return OptionalDouble.of(Math.min(1.0, largest));
  }

  /** Four rows at a time, so that four sums run beside one another. */
  private static double largestBefore(double[] unit, int row, int features) {
    int at = row * features;
    double largest = 0.0;
    int other = 0;
    for (; other + 4 <= row; other += 4) {
      int a = other * features;
      int b = a + features;
      int c = b + features;
      int d = c + features;
      double sumA = 0.0;
      double sumB = 0.0;
      double sumC = 0.0;
      double sumD = 0.0;
      for (int j = 0; j < features; j++) {
        double value = unit[at + j];
        sumA += value * unit[a + j];
        sumB += value * unit[b + j];
        sumC += value * unit[c + j];
        sumD += value * unit[d + j];
      }
      double first = Math.max(Math.abs(sumA), Math.abs(sumB));
      double second = Math.max(Math.abs(sumC), Math.abs(sumD));
      largest = Math.max(largest, Math.max(first, second));
    }
    for (; other < row; other++) {
      double sum = 0.0;
      for (int j = 0; j < features; j++) {
        sum += unit[at + j] * unit[other * features + j];
      }
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  }
}
