package dev.shallot.data;

import java.util.Arrays;

/** Mean, median, deviation of finite numbers. */
final class Moments {
  private Moments() {}

  static double mean(double[] values) {
    double sum = 0.0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The middle one in order, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * sorted[half - 1] + 0.5 * sorted[half];
  }

  /** The population's standard deviation: sqrt(mean((x - mean)^2)). */
  static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0.0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  /** Whether all are equal. Asked in place of "deviation 0", which rounding can miss. */
  static boolean constant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
