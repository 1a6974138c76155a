package dev.shallot.kernel;

import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * K v for a finite or masked kernel without K, through the tangent features of the held neurons:
 *
 * <pre>
 *   g_r            = sum_i A_ri (sum_o a_ro v[o, i]) x_i         (J^T v, one row of d numbers a neuron)
 *   (K v)[(o, i)]  = factor sum_r a_ro A_ri &lt;g_r, x_i&gt;           (J of that)
 * </pre>
 *
 * 4 n m d + 4 n m c flops, where a formed K takes 2 (n c)^2 and the memory for it. Neurons come in
 * words of 64; a sum over neurons is the sum of the words' sums, upwards.
 */
final class FeatureProduct {
  private static final int WORD = 64;

  /** Samples of one packed piece of X, so that a panel of it stays in the second cache. */
  private static final int PIECE = 1024;

  /** Words whose sums are kept at a time. */
  private static final int WAVE = 64;

  private final Samples samples;
  private final double[] x;
  private final Activations activations;
  private final double[] weights;
  private final int outputs;
  private final double factor;
  private final Kernels<double[]> kernels = Simd.float64();
  private final List<double[]> pieces = new ArrayList<>();

  /**
   * @param weights a, neurons x outputs
   */
  FeatureProduct(
      Samples samples, Activations activations, double[] weights, int outputs, double factor) {
    this.samples = samples;
    this.x = samples.padded();
    this.activations = activations;
    this.weights = weights;
    this.outputs = outputs;
    this.factor = factor;
  }

  private void packSamples() {
    if (!pieces.isEmpty()) {
      return;
    }
    int d = samples.features();
    for (int first = 0; first < samples.count(); first += PIECE) {
      int count = Math.min(PIECE, samples.count() - first);
      int[] index = new int[count];
      int start = first;
      Arrays.setAll(index, i -> start + i);
      double[] packed = new double[kernels.packedLength(count, d)];
      kernels.packRows(x, d, index, count, d, packed);
      pieces.add(packed);
    }
  }

  synchronized void multiply(double[] vector, double[] image, Team team) {
    packSamples();
    Arrays.fill(image, 0.0);
    int size = image.length;
    int words = activations.words();
    Worker[] workers = new Worker[team.workers()];
    Arrays.setAll(workers, i -> new Worker());
    double[] sums = new double[Math.multiplyExact(Math.min(words, WAVE), size)];
    for (int first = 0; first < words; first += WAVE) {
      int start = first;
      int count = Math.min(WAVE, words - first);
      team.run(
          count,
          (word, worker) -> workers[worker].multiply(start + word, vector, sums, word * size));
      for (int word = 0; word < count; word++) {
        for (int i = 0; i < size; i++) {
          image[i] += sums[word * size + i];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      image[i] *= factor;
    }
  }

  private final class Worker {
    private final int d = samples.features();
    private final int stride = kernels.pad(d);
    private final double[] gated = new double[WORD * PIECE];
    private final double[] gradient = new double[WORD * stride];
    private final double[] packed = new double[kernels.packedLength(d, WORD)];
    private final double[] changes = new double[Tile.SIZE * WORD];
    private final long[] active = new long[PIECE];
    private final int[] index = new int[WORD];

    Worker() {
      Arrays.setAll(index, r -> r);
    }

    void multiply(int word, double[] vector, double[] sums, int to) {
      gradients(word, vector);
      int n = samples.count();
      int neurons = Math.min(WORD, activations.width() - word * WORD);
      kernels.packTransposed(gradient, stride, index, d, neurons, packed);
      Arrays.fill(sums, to, to + outputs * n, 0.0);
      for (int first = 0; first < n; first += Tile.SIZE) {
        int rows = Math.min(Tile.SIZE, n - first);
        int padded = (rows + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
        kernels.multiply(padded, d, neurons, x, first * d, d, packed, changes, 0, WORD);
        for (int i = 0; i < rows; i++) {
          answers(activations.word(first + i, word), word, i, sums, to + first + i);
        }
      }
    }

    /** {@code sums[o] = sum over the word's active neurons of a_ro <g_r, x_i>}. */
    private void answers(long active, int word, int row, double[] sums, int to) {
      for (long left = active; left != 0; left &= left - 1) {
        int r = Long.numberOfTrailingZeros(left);
        int neuron = (word * WORD + r) * outputs;
        double change = changes[row * WORD + r];
        for (int o = 0; o < outputs; o++) {
          int at = to + o * samples.count();
          sums[at] = Math.fma(weights[neuron + o], change, sums[at]);
        }
      }
    }

    /** g_r of a word's neurons: gates times X, piece by piece. */
    private void gradients(int word, double[] vector) {
      int n = samples.count();
      int neurons = Math.min(WORD, activations.width() - word * WORD);
      kernels.clear(gradient, 0, gradient.length);
      for (int piece = 0; piece < pieces.size(); piece++) {
        int first = piece * PIECE;
        int count = Math.min(PIECE, n - first);
        for (int i = 0; i < count; i++) {
          active[i] = activations.word(first + i, word);
        }
        for (int r = 0; r < neurons; r++) {
          gate(r, (word * WORD + r) * outputs, vector, first, count);
        }
        Arrays.fill(gated, neurons * PIECE, WORD * PIECE, 0.0);
        kernels.multiplyAdd(
            WORD, count, d, gated, 0, PIECE, pieces.get(piece), gradient, 0, stride);
      }
    }

    /** {@code gated[r, i] = A_ri sum_o a_ro v[o, i]} for the samples of a piece. */
    private void gate(int r, int neuron, double[] vector, int first, int count) {
      int to = r * PIECE;
      int n = samples.count();
      double weight = weights[neuron];
      for (int i = 0; i < count; i++) {
        gated[to + i] = weight * vector[first + i];
      }
      for (int o = 1; o < outputs; o++) {
        double next = weights[neuron + o];
        int from = o * n + first;
        for (int i = 0; i < count; i++) {
          gated[to + i] = Math.fma(next, vector[from + i], gated[to + i]);
        }
      }
      for (int i = 0; i < count; i++) {
        gated[to + i] *= active[i] >>> r & 1L;
      }
    }
  }
}
