package dev.shallot.report;

/**
 * How the subnets of a round stand at one micro-step.
 *
 * @param mean over all subnets; NaN as soon as one of them is not finite
 * @param min smallest finite value, NaN if there is none
 * @param max largest finite value, NaN if there is none
 * @param deviation standard deviation around the mean, divided by p and not by p - 1: the subnets
 *     are the whole population of the round
 */
record Spread(double mean, double min, double max, double deviation) {
  /** Of nothing. */
  static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * The spread of a strided slice.
   *
   * @param values holds the slice
   * @param from index of its first value
   * @param stride distance between its values
   * @param count how many; at least 1
   */
  static Spread of(double[] values, int from, int stride, int count) {
    double sum = 0.0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = values[from + i * stride];
      sum += value;
      if (Double.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    double mean = sum / count;
    if (!Double.isFinite(mean)) {
      boolean none = min > max;
      return new Spread(Double.NaN, none ? Double.NaN : min, none ? Double.NaN : max, Double.NaN);
    }
    double squares = 0.0;
    for (int i = 0; i < count; i++) {
      double off = values[from + i * stride] - mean;
      squares += off * off;
    }
    return new Spread(mean, min, max, Math.sqrt(squares / count));
  }
}
