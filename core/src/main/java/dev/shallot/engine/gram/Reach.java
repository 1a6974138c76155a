package dev.shallot.engine.gram;

import dev.shallot.numeric.LinearKernels;
import java.util.Arrays;

/**
 * How far local steps can have moved any pre-activation, whatever its neuron's activations were and
 * however they changed.
 *
 * <p>A step with residual e moves v = a_r z_ir by {@code g sum_j A_rj K_ij e_j}, g = -eta s, a sum
 * over the samples that are active: no higher than all terms of the right sign add up to, and no
 * lower than those of the other one. Rise and fall add these up over the steps.
 */
final class Reach {
  /** Bounds are raised by this, so that rounding cannot hide a change of sign. */
  private static final double SLACK = 1e-6;

  private final LinearKernels kernels;
  private final int n;
  private final int stride;
  private final double[] k;
  private final double half;
  private final double[] product;
  private final double[] absolute;
  private final double[] rise;
  private final double[] fall;

  /**
   * Nothing has moved.
   *
   * @param k K, n rows of {@code stride}
   * @param g what a step multiplies residuals by
   */
  Reach(LinearKernels kernels, int n, int stride, double[] k, double g) {
    this.kernels = kernels;
    this.n = n;
    this.stride = stride;
    this.k = k;
    this.half = 0.5 * Math.abs(g) * (1.0 + SLACK);
    this.product = new double[stride];
    this.absolute = new double[stride];
    this.rise = new double[n];
    this.fall = new double[n];
  }

  void clear() {
    Arrays.fill(rise, 0.0);
    Arrays.fill(fall, 0.0);
  }

  /** Takes a step with residual e. */
  void add(double[] e) {
    kernels.products(n, k, stride, e, product, absolute);
    for (int i = 0; i < n; i++) {
      // g is negative: what adds to the sum lowers v.
      fall[i] += half * (absolute[i] + product[i]);
      rise[i] += half * (absolute[i] - product[i]);
    }
  }

  /** How far a pre-activation on sample i can have come at most. */
  double moved(int i) {
    return Math.max(rise[i], fall[i]);
  }

  /** Writes how far one step with residual e can move a pre-activation, for each sample. */
  void once(double[] e, double[] to) {
    kernels.products(n, k, stride, e, product, absolute);
    for (int i = 0; i < n; i++) {
      to[i] = half * (absolute[i] + Math.abs(product[i]));
    }
  }
}
