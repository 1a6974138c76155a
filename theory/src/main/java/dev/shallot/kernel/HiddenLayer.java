package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.numeric.SmoothFunctions;
import java.util.Arrays;

/**
 * What some neurons make of the samples, whatever their activation: {@code Phi_ir = phi(<w_r,
 * x_i>)} and the slopes {@code D_ir = phi'(<w_r, x_i>)}, each n x width row-major in float64, with
 * the neurons' output weights. Slopes of ReLU are its gates. Immutable; arrays are for reading.
 */
public final class HiddenLayer {
  private static final int NEURONS = 64;
  private static final int ROWS = 128;

  private final int samples;
  private final int width;
  private final int outputs;
  private final double scale;
  private final double[] values;
  private final double[] slopes;
  private final double[] weights;

  private HiddenLayer(
      int samples,
      int width,
      int outputs,
      double scale,
      double[] values,
      double[] slopes,
      double[] weights) {
    this.samples = samples;
    this.width = width;
    this.outputs = outputs;
    this.scale = scale;
    this.values = values;
    this.slopes = slopes;
    this.weights = weights;
  }

  /**
   * All neurons of a network: 2 n m d flops, 16 n m bytes.
   *
   * @param samples X
   * @param network W, a and the activation
   * @param activeAtZero the slope of ReLU at exactly zero: 1 if so said, as in the paper
   * @param team who computes
   */
  public static HiddenLayer of(Samples samples, Network network, boolean activeAtZero, Team team) {
    int n = samples.count();
    int m = network.width();
    if (network.features() != samples.features()) {
      throw new TheoryException(
          "the network takes %d features, but the samples have %d"
              .formatted(network.features(), samples.features()));
    }
    if ((long) n * m > Integer.MAX_VALUE - 64) {
      throw new TheoryException(
          "%,d samples times %,d neurons are more numbers than one array holds: take fewer of either"
              .formatted(n, m));
    }
    double[] values = new double[n * m];
    double[] slopes = new double[n * m];
    double[] x = samples.padded();
    Pass[] passes = new Pass[team.workers()];
    Arrays.setAll(passes, i -> new Pass(network, activeAtZero));
    team.run(
        (m + NEURONS - 1) / NEURONS,
        (block, worker) -> {
          Pass pass = passes[worker];
          pass.pack(block * NEURONS);
          for (int first = 0; first < n; first += ROWS) {
            pass.write(x, first, Math.min(ROWS, n - first), values, slopes);
          }
        });
    return new HiddenLayer(
        n, m, network.outputs(), network.scale(), values, slopes, network.outputWeights());
  }

  /** One worker's way through the samples with 64 neurons. */
  private static final class Pass {
    private final Network network;
    private final boolean activeAtZero;
    private final Kernels<double[]> kernels = Simd.float64();
    private final SmoothFunctions functions = Simd.smooth();
    private final double[] packed;
    private final double[] z = new double[ROWS * NEURONS];
    private final double[] value = new double[ROWS * NEURONS];
    private final double[] slope = new double[ROWS * NEURONS];
    private final int[] index = new int[NEURONS];
    private int neuron;
    private int columns;

    Pass(Network network, boolean activeAtZero) {
      this.network = network;
      this.activeAtZero = activeAtZero;
      this.packed = new double[kernels.packedLength(network.features(), NEURONS)];
    }

    void pack(int first) {
      neuron = first;
      columns = Math.min(NEURONS, network.width() - first);
      for (int r = 0; r < columns; r++) {
        index[r] = first + r;
      }
      int d = network.features();
      kernels.packTransposed(network.hiddenWeights(), d, index, d, columns, packed);
    }

    void write(double[] x, int first, int count, double[] values, double[] slopes) {
      int d = network.features();
      int rows = (count + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
      kernels.multiply(rows, d, columns, x, first * d, d, packed, z, 0, NEURONS);
      switch (network.activation()) {
        case RELU -> {
          for (int k = 0; k < count * NEURONS; k++) {
            value[k] = z[k] < 0.0 ? 0.0 : z[k];
            slope[k] = z[k] > 0.0 || (z[k] == 0.0 && activeAtZero) ? 1.0 : 0.0;
          }
        }
        case SOFTPLUS -> functions.softplus(count * NEURONS, z, value, slope);
        case GELU -> functions.gelu(count * NEURONS, z, value, slope);
        case TANH -> functions.tanh(count * NEURONS, z, value, slope);
      }
      for (int i = 0; i < count; i++) {
        int to = (first + i) * network.width() + neuron;
        System.arraycopy(value, i * NEURONS, values, to, columns);
        System.arraycopy(slope, i * NEURONS, slopes, to, columns);
      }
    }
  }

  /** The neurons that a subnet holds, closed up in their order. */
  public HiddenLayer held(MaskSet masks, int subnet) {
    if (masks.width() != width) {
      throw new TheoryException(
          "masks over %d neurons do not fit %d".formatted(masks.width(), width));
    }
    int[] neurons = new int[masks.held(subnet)];
    masks.heldNeurons(subnet, neurons);
    int h = neurons.length;
    double[] heldValues = new double[samples * h];
    double[] heldSlopes = new double[samples * h];
    double[] heldWeights = new double[h * outputs];
    for (int i = 0; i < samples; i++) {
      for (int r = 0; r < h; r++) {
        heldValues[i * h + r] = values[i * width + neurons[r]];
        heldSlopes[i * h + r] = slopes[i * width + neurons[r]];
      }
    }
    for (int r = 0; r < h; r++) {
      System.arraycopy(weights, neurons[r] * outputs, heldWeights, r * outputs, outputs);
    }
    return new HiddenLayer(samples, h, outputs, scale, heldValues, heldSlopes, heldWeights);
  }

  /** The same neurons with one output of zeros: for what depends on Phi alone. */
  public HiddenLayer withOneOutput() {
    return new HiddenLayer(samples, width, 1, scale, values, slopes, new double[width]);
  }

  /** {@code s Phi a}, the network's outputs: n x c row-major. */
  public double[] answers() {
    double[] answers = new double[samples * outputs];
    for (int i = 0; i < samples; i++) {
      for (int r = 0; r < width; r++) {
        double value = values[i * width + r];
        for (int o = 0; o < outputs; o++) {
          answers[i * outputs + o] =
              Math.fma(value, weights[r * outputs + o], answers[i * outputs + o]);
        }
      }
    }
    for (int i = 0; i < answers.length; i++) {
      answers[i] *= scale;
    }
    return answers;
  }

  /** n. */
  public int samples() {
    return samples;
  }

  /** How many neurons. */
  public int width() {
    return width;
  }

  /** c. */
  public int outputs() {
    return outputs;
  }

  /** s, the factor in front of the network's sum. */
  public double scale() {
    return scale;
  }

  /** Phi, n x width row-major, not a copy. */
  public double[] values() {
    return values;
  }

  /** D, n x width row-major, not a copy. */
  public double[] slopes() {
    return slopes;
  }

  /** a, width x c row-major, not a copy. */
  public double[] weights() {
    return weights;
  }
}
