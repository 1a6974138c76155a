package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.plan.TrainingData;
import java.util.Arrays;

/**
 * The samples of a kernel: X, n x d row-major, all numbers finite. The array is for reading only.
 */
public final class Samples {
  private final double[] x;
  private final int count;
  private final int features;
  private final double[] padded;
  private final double[] products;

  /**
   * Samples that are computed with whenever a kernel is.
   *
   * @param x n x d numbers
   * @param count n, at least 1
   * @param features d, at least 1
   */
  public Samples(double[] x, int count, int features) {
    check(x, count, features);
    this.x = x;
    this.count = count;
    this.features = features;
    int rows = (count + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
    this.padded = rows == count ? x : Arrays.copyOf(x, Math.multiplyExact(rows, features));
    this.products = new double[0];
  }

  private Samples(Samples samples, double[] products) {
    this.x = samples.x;
    this.count = samples.count;
    this.features = samples.features;
    this.padded = samples.padded;
    this.products = products;
  }

  private static void check(double[] x, int count, int features) {
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

  /**
   * The same samples, with their inner products kept, about 4.5 n (n + 128) bytes: for whoever
   * forms many kernels of them. The kernels' bits stay the same.
   *
   * @param team who computes
   */
  public Samples keepingProducts(Team team) {
    return products.length > 0 ? this : new Samples(this, InnerProducts.all(this, team));
  }

  /** X, n x d numbers. */
  public double[] x() {
    return x;
  }

  /** n. */
  public int count() {
    return count;
  }

  /** d. */
  public int features() {
    return features;
  }

  /** X with rows of zeros up to a multiple of {@link Kernels#ROWS}; X itself if it is one. */
  double[] padded() {
    return padded;
  }

  /** The tiles of X X^T as {@link InnerProducts#all} lays them; empty if they are not kept. */
  double[] products() {
    return products;
  }
}
