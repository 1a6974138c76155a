package dev.shallot.reproduce;

import java.util.Arrays;

/** Numbers that say how one quantity goes with another. */
final class Trends {
  private Trends() {}

  /**
   * Spearman's rank correlation, ties with their mean rank; NaN if either side is constant, has a
   * value that is no number, or has fewer than two.
   */
  static double spearman(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " values against " + y.length);
    }
    if (x.length < 2
        || Arrays.stream(x).anyMatch(Double::isNaN)
        || Arrays.stream(y).anyMatch(Double::isNaN)) {
      return Double.NaN;
    }
    return pearson(ranks(x), ranks(y));
  }

  private static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : values) {
        below += other < values[i] ? 1 : 0;
        equal += other == values[i] ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }

  /** The slope of the least-squares line of y on x. */
  static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
    }
    return xy / xx;
  }

  /** The mean of the last so many values, or of all where there are fewer. */
  static double tailMean(double[] values, int count) {
    return Arrays.stream(values, Math.max(0, values.length - count), values.length)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The plateau that the authors' code reports: the smallest mean of so many errors in a row, until
   * it has failed to improve so many times in total, or is below a floor. The counter is never
   * reset (MaskedNTK-TMLR, the code that came with the TMLR paper).
   *
   * @param errors after each round
   * @param window how many errors a mean takes
   * @param patience how many failures end it, at least 1
   * @param floor ends it as well
   * @return the smallest mean seen; NaN for fewer errors than a window
   */
  static double plateau(double[] errors, int window, int patience, double floor) {
    double best = Double.NaN;
    int failures = 0;
    for (int end = window; end <= errors.length; end++) {
      double mean = Arrays.stream(errors, end - window, end).average().orElse(Double.NaN);
      if (Double.isNaN(best) || mean < best) {
        best = mean;
      } else {
        failures++;
      }
      if (failures >= patience || best < floor) {
        return best;
      }
    }
    return best;
  }

  /** The first place at which a series is at most a bound; -1 if it never is. */
  static int firstAtMost(double[] values, double bound) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] <= bound) {
        return i;
      }
    }
    return -1;
  }
}
