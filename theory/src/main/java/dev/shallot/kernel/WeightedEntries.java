package dev.shallot.kernel;

import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;

/**
 * The finite or masked kernel for any output weights, where counting is not enough:
 *
 * <pre>
 *   K[(o, i), (p, j)] = factor * S_op[i, j] * &lt;x_i, x_j&gt;,   S_op[i, j] = sum_r a_ro a_rp A_ri A_rj,
 * </pre>
 *
 * each S one chain of additions over the neurons upwards, made by a matrix product of gates: m
 * multiply-adds an entry in place of m/64 words counted.
 */
final class WeightedEntries implements Entries {
  /** Neurons at a time: the gates of a tile of them take half a megabyte. */
  private static final int NEURONS = 512;

  private final Activations activations;
  private final int outputs;
  private final double[] weights;
  private final double factor;
  private final InnerProducts products;
  private final FeatureProduct product;
  private final Kernels<double[]> kernels = Simd.float64();

  /**
   * @param weights a, neurons x outputs
   */
  WeightedEntries(
      Samples samples,
      Activations activations,
      int outputs,
      double[] weights,
      double factor,
      FeatureProduct product) {
    this.activations = activations;
    this.outputs = outputs;
    this.weights = weights;
    this.factor = factor;
    this.products = new InnerProducts(samples);
    this.product = product;
  }

  @Override
  public int samples() {
    return activations.samples();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public void multiply(double[] vector, double[] image, Team team) {
    product.multiply(vector, image, team);
  }

  @Override
  public Tile.Worker worker() {
    return new Worker();
  }

  private final class Worker implements Tile.Worker {
    private final InnerProducts.Worker inner = products.worker();
    private final double[] innerProducts = new double[Tile.LENGTH];
    private final double[] values = new double[Tile.LENGTH];
    private final double[] left = new double[Tile.SIZE * NEURONS];
    private final double[] right = new double[Tile.SIZE * NEURONS];
    private final double[] packed = new double[kernels.packedLength(NEURONS, Tile.SIZE)];
    private final int[] index = new int[Tile.SIZE];
    private int column;

    Worker() {
      for (int i = 0; i < index.length; i++) {
        index[i] = i;
      }
    }

    @Override
    public void column(int next) {
      column = next;
      inner.column(next);
    }

    @Override
    public void row(int row, Tile.Sink sink) {
      inner.row(row, innerProducts, 0);
      int rows = Tile.size(row, samples());
      int columns = Tile.size(column, samples());
      for (int o = 0; o < outputs; o++) {
        for (int p = o; p < outputs; p++) {
          sum(row, o, p, rows, columns);
          for (int i = 0; i < rows; i++) {
            for (int j = i * Tile.STRIDE; j < i * Tile.STRIDE + columns; j++) {
              values[j] = factor * values[j] * innerProducts[j];
            }
          }
          sink.accept(o, p, row, column, values);
        }
      }
    }

    private void sum(int row, int o, int p, int rows, int columns) {
      int padded = (rows + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
      kernels.clear(values, 0, values.length);
      for (int first = 0; first < activations.width(); first += NEURONS) {
        int count = Math.min(NEURONS, activations.width() - first);
        gates(row, rows, first, count, left);
        for (int i = 0; i < rows; i++) {
          for (int r = 0; r < count; r++) {
            int neuron = (first + r) * outputs;
            left[i * NEURONS + r] *= weights[neuron + o] * weights[neuron + p];
          }
        }
        gates(column, columns, first, count, right);
        kernels.packTransposed(right, NEURONS, index, count, columns, packed);
        kernels.multiplyAdd(
            padded, count, columns, left, 0, NEURONS, packed, values, 0, Tile.STRIDE);
      }
    }

    private void gates(int tile, int rows, int first, int count, double[] gates) {
      for (int i = 0; i < rows; i++) {
        int sample = tile * Tile.SIZE + i;
        for (int r = 0; r < count; r++) {
          long word = activations.word(sample, (first + r) / Long.SIZE);
          gates[i * NEURONS + r] = word >>> ((first + r) % Long.SIZE) & 1L;
        }
      }
    }
  }
}
