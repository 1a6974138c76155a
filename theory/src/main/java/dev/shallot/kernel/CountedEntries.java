package dev.shallot.kernel;

import dev.shallot.engine.Team;
import dev.shallot.numeric.BitCounts;
import dev.shallot.numeric.Simd;

/**
 * The finite or masked kernel when all output weights have the same size |a|, as with +-1:
 *
 * <pre>
 *   K[(o, i), (p, j)] = factor * S_op[i, j] * &lt;x_i, x_j&gt;,
 *   S_op[i, j] = sum_r sign(a_ro a_rp) A_ri A_rj
 *              = popcount(A_i AND A_j) - 2 popcount(A_i AND A_j AND (s_o XOR s_p)),
 * </pre>
 *
 * with s_o the bits of the neurons whose weight to output o is negative. S is a whole number,
 * counted exactly; S_oo is the first count alone.
 */
final class CountedEntries implements Entries {
  private final Activations activations;
  private final int outputs;
  private final long[] signs;
  private final double factor;
  private final InnerProducts products;
  private final FeatureProduct product;
  private final BitCounts counter = Simd.bitCounts();

  /**
   * @param signs bit r of row o: whether a_ro is negative; outputs x words
   * @param factor what multiplies S and the inner product, a^2 included
   */
  CountedEntries(
      Samples samples,
      Activations activations,
      int outputs,
      long[] signs,
      double factor,
      FeatureProduct product) {
    this.activations = activations;
    this.outputs = outputs;
    this.signs = signs;
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
    private final int words = activations.words();
    private final double[] innerProducts = new double[Tile.LENGTH];
    private final double[] values = new double[Tile.LENGTH];
    private final int[] common = new int[Tile.LENGTH];
    private final int[] opposed = new int[outputs > 1 ? Tile.LENGTH : 0];
    private final long[] signed = new long[outputs > 1 ? Tile.SIZE * words : 0];
    private int column;

    @Override
    public void column(int next) {
      column = next;
      inner.column(next);
    }

    @Override
    public void row(int row, Tile.Sink sink) {
      inner.row(row, innerProducts, 0);
      count(row, activations.panels(), column * Tile.SIZE * words, common);
      int rows = Tile.size(row, samples());
      int columns = Tile.size(column, samples());
      for (int o = 0; o < outputs; o++) {
        multiply(rows, columns, common);
        sink.accept(o, o, row, column, values);
      }
      for (int o = 0; o < outputs; o++) {
        for (int p = o + 1; p < outputs; p++) {
          restrict(o, p, columns);
          count(row, signed, 0, opposed);
          for (int i = 0; i < rows * Tile.STRIDE; i++) {
            opposed[i] = common[i] - 2 * opposed[i];
          }
          multiply(rows, columns, opposed);
          sink.accept(o, p, row, column, values);
        }
      }
    }

    private void count(int row, long[] panels, int offset, int[] counts) {
      counter.andCounts(
          Tile.size(row, samples()),
          activations.panels(),
          row * Tile.SIZE * words,
          Tile.size(column, samples()),
          panels,
          offset,
          words,
          counts,
          0,
          Tile.STRIDE);
    }

    /** The column's activations where the outputs' signs differ. */
    private void restrict(int o, int p, int columns) {
      int from = column * Tile.SIZE * words;
      for (int i = 0; i < BitCounts.pad(columns); i += BitCounts.PANEL) {
        for (int w = 0; w < words; w++) {
          long differ = signs[o * words + w] ^ signs[p * words + w];
          int at = i * words + w * BitCounts.PANEL;
          for (int k = 0; k < BitCounts.PANEL; k++) {
            signed[at + k] = activations.panels()[from + at + k] & differ;
          }
        }
      }
    }

    private void multiply(int rows, int columns, int[] sums) {
      for (int i = 0; i < rows; i++) {
        int at = i * Tile.STRIDE;
        for (int j = at; j < at + columns; j++) {
          values[j] = factor * sums[j] * innerProducts[j];
        }
      }
    }
  }
}
