package dev.shallot.engine.dense;

import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.numeric.SmoothFunctions;
import dev.shallot.plan.Loss;
import dev.shallot.plan.TrainingData;

/**
 * What the loss makes of answers: the residuals that flow back, and the error that is reported, see
 * {@link Loss}. The plain squared loss is one pass of a kernel; softmax and sample weights are
 * taken in float64 whatever the engine's number type, some hundred samples at a time, with one
 * exponential an answer and one logarithm a sample. Errors are added up in the samples' order.
 *
 * @param <A> array type
 */
final class Residual<A> {
  private static final int PIECE = 256;

  private final Kernels<A> kernels;
  private final Loss loss;
  private final int outputs;
  private final boolean plain;
  private final SmoothFunctions functions = Simd.smooth();
  private final double[] f;
  private final double[] y;
  private final double[] share;
  private final double[] weight = new double[PIECE];
  private final double[] error = new double[PIECE];
  private final double[] largest = new double[PIECE];
  private final double[] mass = new double[PIECE];
  private final double[] z = new double[PIECE];
  private final double[] less = new double[PIECE];
  private final double[] power = new double[PIECE];

  /** Scratch for one thread at a time. */
  Residual(Kernels<A> kernels, Loss loss, TrainingData data) {
    this.kernels = kernels;
    this.loss = loss;
    this.outputs = data.outputs();
    this.plain = loss == Loss.SQUARED && !data.weighted();
    int room = plain ? 0 : Math.multiplyExact(outputs, PIECE);
    this.f = new double[room];
    this.y = new double[room];
    this.share = new double[loss == Loss.CROSS_ENTROPY ? room : 0];
  }

  /**
   * The residuals of a batch.
   *
   * @param scale of the sums: answers are f = scale * sums
   * @param sums outputs x stride
   * @param batch targets and weights
   * @param residual outputs x stride; receives the residuals, zero in the padding
   * @return the error, without n/B
   */
  double of(double scale, A sums, Batch<A> batch, A residual) {
    int stride = batch.stride();
    if (plain) {
      return kernels.residual(outputs * stride, scale, sums, batch.targets(), residual);
    }
    double total = 0.0;
    for (int first = 0; first < batch.size(); first += PIECE) {
      int count = Math.min(PIECE, batch.size() - first);
      for (int o = 0; o < outputs; o++) {
        kernels.store(sums, o * stride + first, f, o * PIECE, count);
        kernels.store(batch.targets(), o * stride + first, y, o * PIECE, count);
      }
      batch.weights(first, count, weight);
      for (int i = 0; i < f.length; i++) {
        f[i] *= scale;
      }
      java.util.Arrays.fill(error, 0.0);
      if (loss == Loss.CROSS_ENTROPY) {
        softmax(count);
      } else {
        squares(count);
      }
      for (int i = 0; i < count; i++) {
        total += weight[i] * error[i];
      }
      for (int o = 0; o < outputs; o++) {
        kernels.load(f, o * PIECE, residual, o * stride + first, count);
      }
    }
    for (int o = 0; o < outputs; o++) {
      kernels.clear(residual, o * stride + batch.size(), stride - batch.size());
    }
    return total;
  }

  private void squares(int count) {
    for (int o = 0; o < outputs; o++) {
      int at = o * PIECE;
      for (int i = 0; i < count; i++) {
        double e = f[at + i] - y[at + i];
        error[i] += e * e;
        f[at + i] = weight[i] * e;
      }
    }
  }

  private void softmax(int count) {
    java.util.Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    java.util.Arrays.fill(mass, 0.0);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < count; i++) {
        largest[i] = Math.max(largest[i], f[o * PIECE + i]);
      }
    }
    // Past the count stands what an earlier piece left there; it is computed and not used.
    int whole = (count + SmoothFunctions.LANES - 1) & -SmoothFunctions.LANES;
    for (int o = 0; o < outputs; o++) {
      int at = o * PIECE;
      for (int i = 0; i < count; i++) {
        f[at + i] -= largest[i];
        z[i] = f[at + i];
      }
      functions.exponential(whole, z, less, power);
      for (int i = 0; i < count; i++) {
        share[at + i] = power[i];
        mass[i] += power[i];
      }
    }
    for (int i = 0; i < count; i++) {
      // Of the largest, no longer needed, the place for the logarithm.
      largest[i] = StrictMath.log(mass[i]);
    }
    for (int o = 0; o < outputs; o++) {
      int at = o * PIECE;
      for (int i = 0; i < count; i++) {
        double target = y[at + i];
        error[i] += target == 0.0 ? 0.0 : target * (largest[i] - f[at + i]);
        f[at + i] = weight[i] * (share[at + i] / mass[i] - target);
      }
    }
  }
}
