package dev.shallot.kernel;

import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import java.util.Arrays;

/**
 * The kernel of both layers at given weights, for any activation:
 *
 * <pre>
 *   K[(o, i), (p, j)] = s^2 ( hidden &lt;x_i, x_j&gt; sum_r a_ro D_ir a_rp D_jr  +  output 1{o = p} sum_r Phi_ir Phi_jr ),
 * </pre>
 *
 * each sum one chain over the neurons upwards. Products of tiles: 2 n^2 m flops a pair of outputs
 * and layer, half of that by symmetry.
 */
final class TwoRateEntries implements Entries {
  private static final int NEURONS = 512;

  private final HiddenLayer layer;
  private final double hidden;
  private final double output;
  private final InnerProducts products;
  private final Kernels<double[]> kernels = Simd.float64();

  /**
   * @param hidden s^2 times the rate of the hidden layer
   * @param output s^2 times the rate of the output layer
   */
  TwoRateEntries(Samples samples, HiddenLayer layer, double hidden, double output) {
    this.layer = layer;
    this.hidden = hidden;
    this.output = output;
    this.products = new InnerProducts(samples);
  }

  @Override
  public int samples() {
    return layer.samples();
  }

  @Override
  public int outputs() {
    return layer.outputs();
  }

  @Override
  public Tile.Worker worker() {
    return new Worker();
  }

  /** By tiles that are computed and forgotten: as dear as forming K, but without its memory. */
  @Override
  public void multiply(double[] vector, double[] image, Team team) {
    int n = samples();
    int tiles = Tile.count(n);
    Tile.Worker[] workers = new Tile.Worker[team.workers()];
    Arrays.setAll(workers, i -> new Worker());
    double[][] sums = new double[tiles][];
    team.run(
        tiles,
        (column, index) -> {
          double[] sum = new double[vector.length];
          workers[index].column(column);
          for (int row = 0; row <= column; row++) {
            workers[index].row(row, (o, p, i, j, tile) -> add(o, p, i, j, tile, vector, sum));
          }
          sums[column] = sum;
        });
    Arrays.fill(image, 0.0);
    for (double[] sum : sums) {
      for (int k = 0; k < image.length; k++) {
        image[k] += sum[k];
      }
    }
  }

  /** Adds a tile's part of the product, and its mirror image's. */
  private void add(
      int o, int p, int row, int column, double[] tile, double[] vector, double[] sum) {
    int n = samples();
    int top = o * n + row * Tile.SIZE;
    int left = p * n + column * Tile.SIZE;
    int rows = Tile.size(row, n);
    int columns = Tile.size(column, n);
    boolean blocks = row != column;
    boolean others = o != p;
    for (int u = 0; u < rows; u++) {
      for (int v = 0; v < columns; v++) {
        double k = tile[u * Tile.STRIDE + v];
        sum[top + u] = Math.fma(k, vector[left + v], sum[top + u]);
        if (blocks || others) {
          sum[left + v] = Math.fma(k, vector[top + u], sum[left + v]);
        }
        if (blocks && others) {
          // Entries (p, i), (o, j): the same number, since S_op is symmetric in the samples.
          int mirroredTop = p * n + row * Tile.SIZE + u;
          int mirroredLeft = o * n + column * Tile.SIZE + v;
          sum[mirroredTop] = Math.fma(k, vector[mirroredLeft], sum[mirroredTop]);
          sum[mirroredLeft] = Math.fma(k, vector[mirroredTop], sum[mirroredLeft]);
        }
      }
    }
  }

  private final class Worker implements Tile.Worker {
    private final InnerProducts.Worker inner = products.worker();
    private final double[] innerProducts = new double[Tile.LENGTH];
    private final double[] values = new double[Tile.LENGTH];
    private final double[] outputPart = new double[output == 0.0 ? 0 : Tile.LENGTH];
    private final double[] left = new double[Tile.SIZE * NEURONS];
    private final double[] right = new double[Tile.SIZE * NEURONS];
    private final double[] packed = new double[kernels.packedLength(NEURONS, Tile.SIZE)];
    private final int[] index = new int[Tile.SIZE];
    private int column;

    Worker() {
      Arrays.setAll(index, i -> i);
    }

    @Override
    public void column(int next) {
      column = next;
      inner.column(next);
    }

    @Override
    public void row(int row, Tile.Sink sink) {
      inner.row(row, innerProducts, 0);
      if (output != 0.0) {
        sum(row, layer.values(), -1, -1, outputPart);
      }
      for (int o = 0; o < outputs(); o++) {
        for (int p = o; p < outputs(); p++) {
          if (hidden == 0.0) {
            Arrays.fill(values, 0.0);
          } else {
            sum(row, layer.slopes(), o, p, values);
          }
          for (int k = 0; k < values.length; k++) {
            values[k] = hidden * values[k] * innerProducts[k];
          }
          if (row == column) {
            mirror();
          }
          if (o == p && output != 0.0) {
            for (int k = 0; k < values.length; k++) {
              values[k] = Math.fma(output, outputPart[k], values[k]);
            }
          }
          sink.accept(o, p, row, column, values);
        }
      }
    }

    /** sum_r of[i, r] of[j, r], with a_ro a_rp where outputs are given. */
    private void sum(int row, double[] of, int o, int p, double[] sums) {
      int m = layer.width();
      int c = outputs();
      int rows = Tile.size(row, samples());
      int columns = Tile.size(column, samples());
      int padded = (rows + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
      double[] a = layer.weights();
      kernels.clear(sums, 0, sums.length);
      for (int first = 0; first < m; first += NEURONS) {
        int count = Math.min(NEURONS, m - first);
        copy(of, row, rows, first, count, left);
        if (o >= 0) {
          for (int i = 0; i < rows; i++) {
            for (int r = 0; r < count; r++) {
              left[i * NEURONS + r] *= a[(first + r) * c + o] * a[(first + r) * c + p];
            }
          }
        }
        copy(of, column, columns, first, count, right);
        kernels.packTransposed(right, NEURONS, index, count, columns, packed);
        kernels.multiplyAdd(padded, count, columns, left, 0, NEURONS, packed, sums, 0, Tile.STRIDE);
      }
    }

    /** Where a tile meets itself, a product rounds differently from its mirror image. */
    private void mirror() {
      for (int u = 1; u < Tile.SIZE; u++) {
        for (int v = 0; v < u; v++) {
          values[u * Tile.STRIDE + v] = values[v * Tile.STRIDE + u];
        }
      }
    }

    private void copy(double[] of, int tile, int rows, int first, int count, double[] to) {
      int m = layer.width();
      for (int i = 0; i < rows; i++) {
        int from = (tile * Tile.SIZE + i) * m + first;
        System.arraycopy(of, from, to, i * NEURONS, count);
      }
    }
  }
}
