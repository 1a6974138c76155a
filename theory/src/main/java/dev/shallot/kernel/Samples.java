package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.numeric.Kernels;
import dev.shallot.plan.TrainingData;
import java.util.Arrays;

/**
 * The samples of a kernel: X, n x d row-major, all numbers finite. The array is for reading only.
 *
 * @param x n x d numbers
 * @param count n, at least 1
 * @param features d, at least 1
 */
public record Samples(double[] x, int count, int features) {
  public Samples {
    if (count < 1 || features < 1) {
      throw new TheoryException(
          "a kernel needs at least 1 sample and 1 feature, but got %d and %d"
              .formatted(count, features));
    }
    if (x.length != (long) count * features) {
      throw new TheoryException(
          "%d samples of %d features are %d numbers, but got %d"
              .formatted(count, features, (long) count * features, x.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        throw new TheoryException(
            "the samples must be finite, but sample %d, feature %d is %s (both counted from 0)"
                .formatted(i / features, i % features, x[i]));
      }
    }
  }

  /** The samples that a network is trained on. */
  public static Samples of(TrainingData data) {
    return new Samples(data.x(), data.samples(), data.features());
  }

  /** X with rows of zeros up to a multiple of {@link Kernels#ROWS}; X itself if it is one. */
  double[] padded() {
    int rows = (count + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
    return rows == count ? x : Arrays.copyOf(x, Math.multiplyExact(rows, features));
  }
}
