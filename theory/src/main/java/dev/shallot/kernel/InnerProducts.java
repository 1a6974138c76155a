package dev.shallot.kernel;

import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;

/**
 * Tiles of X X^T in float64. Each product is one chain of fused multiply-adds over the features
 * upwards, so that equal samples have equal products and the matrix is symmetric to the bit.
 */
final class InnerProducts {
  private final int samples;
  private final int features;
  private final double[] x;
  private final Kernels<double[]> kernels = Simd.float64();

  InnerProducts(Samples samples) {
    this.samples = samples.count();
    this.features = samples.features();
    this.x = samples.padded();
  }

  Worker worker() {
    return new Worker();
  }

  /** Scratch memory of one thread. */
  final class Worker {
    private final double[] packed = new double[kernels.packedLength(features, Tile.SIZE)];
    private final int[] index = new int[Tile.SIZE];
    private int columns;

    void column(int column) {
      columns = Tile.size(column, samples);
      for (int j = 0; j < columns; j++) {
        index[j] = column * Tile.SIZE + j;
      }
      kernels.packTransposed(x, features, index, features, columns, packed);
    }

    void row(int row, double[] products, int to) {
      int rows = (Tile.size(row, samples) + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
      int from = row * Tile.SIZE * features;
      kernels.multiply(
          rows, features, columns, x, from, features, packed, products, to, Tile.STRIDE);
    }
  }
}
