package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.StateExchange;
import dev.shallot.network.Network;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.TrainingData;
import java.io.IOException;

/**
 * A network as the samples see it. With w_{0,r} the initial weights of neuron r,
 *
 * <pre>w_r = kept_r w_{0,r} + sum_i beta_{ir} x_i,    z_{ir} = &lt;w_r, x_i&gt;.</pre>
 *
 * <p>{@code kept} is 1 but for neurons that the rule zero-uncovered made zero. All arrays run over
 * the neurons fastest: row i is sample i (or output o).
 *
 * @param samples n
 * @param width m
 * @param stride m, rounded up to whole blocks of 64
 * @param outputs c
 * @param z n x stride
 * @param beta n x stride
 * @param output a, c x stride
 * @param kept 1 x stride
 * @param <A> array type
 */
record GramState<A>(
    int samples, int width, int stride, int outputs, A z, A beta, A output, A kept) {
  private static final int BLOCK = LaneKernels.BLOCK;

  /** A state of zeros. */
  static <A> GramState<A> zeros(Kernels<A> kernels, int samples, int width, int outputs) {
    int stride = (width + BLOCK - 1) / BLOCK * BLOCK;
    return new GramState<>(
        samples,
        width,
        stride,
        outputs,
        kernels.allocate(Math.multiplyExact(samples, stride)),
        kernels.allocate(Math.multiplyExact(samples, stride)),
        kernels.allocate(Math.multiplyExact(outputs, stride)),
        kernels.allocate(stride));
  }

  /** The initial network; Z = X W^T is computed in float64 and rounded once. */
  static <A> GramState<A> initial(Kernels<A> kernels, EngineSetup setup) {
    TrainingData data = setup.data();
    Network network = setup.initial();
    int n = data.samples();
    int m = network.width();
    GramState<A> state = zeros(kernels, n, m, network.outputs());
    double[] z = Products.timesTransposed(data.x(), n, network.hiddenWeights(), m, data.features());
    for (int i = 0; i < n; i++) {
      kernels.load(z, i * m, state.z, i * state.stride, m);
    }
    double[] row = new double[m];
    for (int o = 0; o < network.outputs(); o++) {
      for (int r = 0; r < m; r++) {
        row[r] = network.outputWeights()[r * network.outputs() + o];
      }
      kernels.load(row, 0, state.output, o * state.stride, m);
    }
    java.util.Arrays.fill(row, 1.0);
    kernels.load(row, 0, state.kept, 0, m);
    return state;
  }

  /** Saves or restores all of it. */
  void exchange(StateExchange state) throws IOException {
    state.numbers("z", z, samples, stride, stride);
    state.numbers("beta", beta, samples, stride, stride);
    state.numbers("a", output, outputs, stride, stride);
    state.numbers("kept", kept, 1, stride, stride);
  }

  /**
   * The weights again, in float64: 2 n m d flops, a block of neurons at a time, so that no array
   * but the result is larger than the cache.
   */
  Network network(Kernels<A> kernels, EngineSetup setup) {
    Network start = setup.initial();
    int d = start.features();
    double[] keep = new double[width];
    kernels.store(kept, 0, keep, 0, width);
    double[] hidden = new double[width * d];
    double[] packed = Products.pack(setup.data().x(), samples, d);
    int wide = Products.FLOAT64.pad(d);
    double[] some = new double[BLOCK * samples];
    double[] coefficients = new double[BLOCK * samples];
    double[] moved = new double[BLOCK * wide];
    for (int first = 0; first < width; first += BLOCK) {
      int count = Math.min(BLOCK, width - first);
      for (int i = 0; i < samples; i++) {
        kernels.store(beta, i * stride + first, some, i * BLOCK, count);
      }
      for (int r = 0; r < count; r++) {
        for (int i = 0; i < samples; i++) {
          coefficients[r * samples + i] = some[i * BLOCK + r];
        }
      }
      Products.FLOAT64.multiply(
          BLOCK, samples, d, coefficients, 0, samples, packed, moved, 0, wide);
      for (int r = 0; r < count; r++) {
        int to = (first + r) * d;
        for (int j = 0; j < d; j++) {
          hidden[to + j] = moved[r * wide + j] + keep[first + r] * start.hiddenWeights()[to + j];
        }
      }
    }
    double[] row = new double[width];
    double[] output = new double[width * outputs];
    for (int o = 0; o < outputs; o++) {
      kernels.store(this.output, o * stride, row, 0, width);
      for (int r = 0; r < width; r++) {
        output[r * outputs + o] = row[r];
      }
    }
    return new Network(width, d, outputs, hidden, output, start.scale());
  }

  /** Float64 products for coming and going, on whatever vectors there are. */
  private static final class Products {
    private static final Kernels<double[]> FLOAT64 = Simd.float64();

    /** A B^T with A (rows x inner) and B (columns x inner). */
    static double[] timesTransposed(double[] a, int rows, double[] b, int columns, int inner) {
      int[] index = upTo(columns);
      double[] packed = FLOAT64.allocate(FLOAT64.packedLength(inner, columns));
      FLOAT64.packTransposed(b, inner, index, inner, columns, packed);
      return product(a, rows, inner, packed, columns);
    }

    /** B (inner x columns), ready to be multiplied with. */
    static double[] pack(double[] b, int inner, int columns) {
      double[] packed = FLOAT64.allocate(FLOAT64.packedLength(inner, columns));
      FLOAT64.packRows(b, columns, upTo(inner), inner, columns, packed);
      return packed;
    }

    private static int[] upTo(int count) {
      int[] index = new int[count];
      java.util.Arrays.setAll(index, i -> i);
      return index;
    }

    private static double[] product(double[] a, int rows, int inner, double[] packed, int columns) {
      double[] out = new double[Math.multiplyExact(rows, columns)];
      int stride = FLOAT64.pad(columns);
      double[] left = new double[Kernels.ROWS * inner];
      double[] some = new double[Kernels.ROWS * stride];
      for (int first = 0; first < rows; first += Kernels.ROWS) {
        int count = Math.min(Kernels.ROWS, rows - first);
        System.arraycopy(a, first * inner, left, 0, count * inner);
        FLOAT64.multiply(Kernels.ROWS, inner, columns, left, 0, inner, packed, some, 0, stride);
        for (int r = 0; r < count; r++) {
          System.arraycopy(some, r * stride, out, (first + r) * columns, columns);
        }
      }
      return out;
    }
  }

  /** K = X X^T in float64, rows x rows. */
  static double[] gram(TrainingData data) {
    return Products.timesTransposed(
        data.x(), data.samples(), data.x(), data.samples(), data.features());
  }
}
