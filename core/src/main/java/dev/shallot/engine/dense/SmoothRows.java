package dev.shallot.engine.dense;

import dev.shallot.network.Activation;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.numeric.SmoothFunctions;

/**
 * A smooth activation on rows of pre-activations. The functions are computed in float64 whatever
 * the engine's number type, a piece of a row at a time.
 *
 * <p>A value at zero need not be zero, as ReLU's is, so the padding is cleared: columns past the
 * last sample and rows past the last neuron add nothing to any sum.
 *
 * @param <A> array type
 */
final class SmoothRows<A> {
  private static final int PIECE = 256;

  private final Kernels<A> kernels;
  private final Activation activation;
  private final SmoothFunctions functions = Simd.smooth();
  private final Piece[] pieces;

  /** Scratch of one worker. */
  private static final class Piece {
    final double[] z = new double[PIECE];
    final double[] value = new double[PIECE];
    final double[] slope = new double[PIECE];
  }

  SmoothRows(Kernels<A> kernels, Activation activation, int workers) {
    this.kernels = kernels;
    this.activation = activation;
    this.pieces = new Piece[workers];
    java.util.Arrays.setAll(pieces, i -> new Piece());
  }

  /**
   * {@code values = phi(z)}, then {@code z = phi'(z)}, in place.
   *
   * @param neurons rows that are neurons
   * @param rows all rows, the padding too
   * @param samples columns that are samples
   * @param stride of z and values
   * @param z pre-activations, becomes their slopes
   * @param values receives phi(z), zero in the padding; another array than z
   * @param worker whose scratch is used
   */
  void bend(
      int neurons,
      int rows,
      int samples,
      int stride,
      A z,
      int zOffset,
      A values,
      int valuesOffset,
      int worker) {
    Piece piece = pieces[worker];
    for (int r = 0; r < neurons; r++) {
      int from = zOffset + r * stride;
      int to = valuesOffset + r * stride;
      for (int first = 0; first < samples; first += PIECE) {
        int count = Math.min(PIECE, samples - first);
        kernels.store(z, from + first, piece.z, 0, count);
        // Past the count stands what an earlier piece left there; it is computed and not used.
        int whole = (count + SmoothFunctions.LANES - 1) & -SmoothFunctions.LANES;
        switch (activation) {
          case TANH -> functions.tanh(whole, piece.z, piece.value, piece.slope);
          case SOFTPLUS -> functions.softplus(whole, piece.z, piece.value, piece.slope);
          case GELU -> functions.gelu(whole, piece.z, piece.value, piece.slope);
          case RELU -> throw new AssertionError("ReLU has kernels of its own");
        }
        kernels.load(piece.value, 0, values, to + first, count);
        kernels.load(piece.slope, 0, z, from + first, count);
      }
      kernels.clear(values, to + samples, stride - samples);
    }
    kernels.clear(values, valuesOffset + neurons * stride, (rows - neurons) * stride);
  }

  /**
   * What flows back into the hidden layer, in place of the slopes: {@code slopes[r, i] *=
   * coefficient sum_o a[r, o] e[o, i]}.
   *
   * @param rows all rows
   * @param e outputs x stride
   * @param scratch rows x stride numbers that may be overwritten
   */
  void backward(
      int rows,
      int stride,
      int outputs,
      A slopes,
      int slopesOffset,
      A a,
      int aOffset,
      A e,
      double coefficient,
      A scratch,
      int scratchOffset) {
    // ReLU's way back with every gate open is the sum alone.
    kernels.clear(scratch, scratchOffset, rows * stride);
    kernels.backward(
        rows, stride, outputs, scratch, scratchOffset, a, aOffset, e, coefficient, true);
    kernels.times(rows * stride, scratch, scratchOffset, slopes, slopesOffset);
  }
}
