package dev.shallot.plan;

import dev.shallot.TrainingException;

/**
 * What a network is trained on: X and Y, all numbers finite. The data owns its arrays; they are for
 * reading only.
 *
 * @param samples n
 * @param features d
 * @param outputs c
 * @param x X, n x d row-major
 * @param y Y, n x c row-major
 * @param weights what each sample counts, n numbers of at least 0 that are not all 0; empty: 1 each
 */
public record TrainingData(
    int samples, int features, int outputs, double[] x, double[] y, double[] weights) {

  /** Samples that all count the same. */
  public TrainingData(int samples, int features, int outputs, double[] x, double[] y) {
    this(samples, features, outputs, x, y, new double[0]);
  }

  public TrainingData {
    if (samples < 1 || features < 1 || outputs < 1) {
      throw new TrainingException(
          "training needs at least 1 sample, 1 feature and 1 output, but got %d, %d and %d"
              .formatted(samples, features, outputs));
    }
    check("features", x, samples, features);
    check("targets", y, samples, outputs);
    if (weights.length > 0) {
      check("sample weights", weights, samples, 1);
      checkWeights(weights);
    }
  }

  private static void checkWeights(double[] weights) {
    double sum = 0.0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] < 0.0) {
        throw new TrainingException(
            "sample weights must be at least 0, but that of sample %d is %s"
                .formatted(i, weights[i]));
      }
      sum += weights[i];
    }
    if (!(sum > 0.0)) {
      throw new TrainingException("all sample weights are 0: nothing would be learned");
    }
  }

  /** Whether samples count differently. */
  public boolean weighted() {
    return weights.length > 0;
  }

  /** w_i: what a sample counts. */
  public double weight(int sample) {
    return weights.length == 0 ? 1.0 : weights[sample];
  }

  /** sum w_i; n without weights. */
  public double totalWeight() {
    if (weights.length == 0) {
      return samples;
    }
    double sum = 0.0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static void check(String name, double[] matrix, int rows, int columns) {
    if (matrix.length != (long) rows * columns) {
      throw new TrainingException(
          "the %s must be %d x %d numbers, but are %d"
              .formatted(name, rows, columns, matrix.length));
    }
    for (int i = 0; i < matrix.length; i++) {
      if (!Double.isFinite(matrix[i])) {
        throw new TrainingException(
            "the %s must be finite, but sample %d, column %d is %s"
                .formatted(name, i / columns, i % columns, matrix[i]));
      }
    }
  }

  /** ||Y||^2, weights left out; see {@link Loss#ofZero}. */
  public double targetNorm() {
    double sum = 0.0;
    for (double value : y) {
      sum += value * value;
    }
    return sum;
  }
}
