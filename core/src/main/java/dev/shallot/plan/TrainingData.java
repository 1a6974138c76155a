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
 */
public record TrainingData(int samples, int features, int outputs, double[] x, double[] y) {
  public TrainingData {
    if (samples < 1 || features < 1 || outputs < 1) {
      throw new TrainingException(
          "training needs at least 1 sample, 1 feature and 1 output, but got %d, %d and %d"
              .formatted(samples, features, outputs));
    }
    check("features", x, samples, features);
    check("targets", y, samples, outputs);
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

  /** ||Y||^2, the error of a network that answers zero. */
  public double targetNorm() {
    double sum = 0.0;
    for (double value : y) {
      sum += value * value;
    }
    return sum;
  }
}
