package dev.shallot.kernel;

import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import java.util.Arrays;

/**
 * Tiles of X X^T in float64. Each product is one chain of fused multiply-adds over the features
 * upwards, so that equal samples have equal products and the matrix is symmetric to the bit.
 */
final class InnerProducts {
  private final int samples;
  private final int features;
  private final double[] x;
  private final double[] kept;
  private final Kernels<double[]> kernels = Simd.float64();

  InnerProducts(Samples samples) {
    this.samples = samples.count();
    this.features = samples.features();
    this.x = samples.padded();
    this.kept = samples.products();
  }

  /** All tiles of the upper triangle, column by column. */
  static double[] all(Samples samples, Team team) {
    InnerProducts products = new InnerProducts(samples);
    int columns = Tile.count(samples.count());
    double[] tiles = new double[Math.multiplyExact(first(columns), Tile.LENGTH)];
    Worker[] workers = new Worker[team.workers()];
    Arrays.setAll(workers, i -> products.worker());
    team.run(
        columns,
        (task, worker) -> {
          int column = columns - 1 - task;
          workers[worker].column(column);
          for (int row = 0; row <= column; row++) {
            workers[worker].row(row, tiles, (first(column) + row) * Tile.LENGTH);
          }
        });
    return tiles;
  }

  /** How many tiles stand before a column of the upper triangle. */
  private static int first(int column) {
    return column * (column + 1) / 2;
  }

  Worker worker() {
    return new Worker();
  }

  /** Scratch memory of one thread. */
  final class Worker {
    private final double[] packed =
        new double[kept.length > 0 ? 0 : kernels.packedLength(features, Tile.SIZE)];
    private final int[] index = new int[Tile.SIZE];
    private int column;
    private int columns;

    void column(int next) {
      column = next;
      columns = Tile.size(column, samples);
      if (kept.length > 0) {
        return;
      }
      for (int j = 0; j < columns; j++) {
        index[j] = column * Tile.SIZE + j;
      }
      kernels.packTransposed(x, features, index, features, columns, packed);
    }

    /** The tile of a row. */
    void row(int row, double[] products, int to) {
      if (kept.length > 0) {
        copy(row, products, to);
        return;
      }
      int rows = (Tile.size(row, samples) + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
      int from = row * Tile.SIZE * features;
      kernels.multiply(
          rows, features, columns, x, from, features, packed, products, to, Tile.STRIDE);
    }

    private void copy(int row, double[] products, int to) {
      int rows = Tile.size(row, samples);
      if (row <= column) {
        int tile = (first(column) + row) * Tile.LENGTH;
        System.arraycopy(kept, tile, products, to, rows * Tile.STRIDE);
        return;
      }
      int tile = (first(row) + column) * Tile.LENGTH;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          products[to + i * Tile.STRIDE + j] = kept[tile + j * Tile.STRIDE + i];
        }
      }
    }
  }
}
