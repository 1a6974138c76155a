package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.network.Activation;
import java.util.Arrays;

/**
 * {@code E g(sigma u) h(tau v)} for standard normal u, v of correlation rho, g and h a smooth
 * activation or its slope, through Hermite polynomials (Mehler's formula; Daniely, Frostig and
 * Singer 2016 call it the dual activation):
 *
 * <pre>
 *   E g(sigma u) h(tau v) = sum_k c_k(g, sigma) c_k(h, tau) rho^k,   c_k(g, sigma) = E g(sigma u) he_k(u),
 * </pre>
 *
 * he_k the Hermite polynomials of norm 1. At rho = 1, sigma = tau the sum is E g^2, so what a sum
 * to order K leaves out is known: at most |rho|^(K+1) sqrt(T_i T_j), T = E g^2 - sum_{k &lt;= K}
 * c_k^2.
 *
 * <p>The c_k are integrals by the trapezoidal rule, which for functions that are analytic near the
 * real line is as exact as float64: step 1/50 on [-13, 13], where the weight is below 1e-36.
 */
final class DualActivation {
  /** Orders, as many as are needed up to these. */
  private static final int MOST = 600;

  private static final int LEAST = 40;
  private static final double LEFT_OUT = 1e-14;

  private static final double STEP = 0.02;
  private static final int POINTS = 650;
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private final double[] coefficients;
  private final double square;
  private final double tail;

  private DualActivation(double[] coefficients, double square, double tail) {
    this.coefficients = coefficients;
    this.square = square;
    this.tail = tail;
  }

  /**
   * The expansion of an activation.
   *
   * @param activation a smooth one
   * @param sigma standard deviation of its argument
   * @param slope whether of its slope
   */
  static DualActivation of(Activation activation, double sigma, boolean slope) {
    if (!activation.smooth()) {
      throw new TheoryException("ReLU has a closed form, and no quickly converging expansion");
    }
    int count = 2 * POINTS + 1;
    double[] value = new double[count];
    double[] now = new double[count];
    double[] before = new double[count];
    double square = 0.0;
    for (int q = 0; q < count; q++) {
      double u = (q - POINTS) * STEP;
      double weight = STEP * StrictMath.exp(-0.5 * u * u) / ROOT_TWO_PI;
      double g = slope ? activation.slope(sigma * u) : activation.value(sigma * u);
      square += weight * g * g;
      value[q] = weight * g;
      now[q] = 1.0;
    }
    double[] coefficients = new double[MOST];
    double tail = square;
    int k = 0;
    // Odd and even functions have every second coefficient zero: two in a row must be small.
    while (k < MOST && (k < LEAST || tail > LEFT_OUT * square)) {
      double sum = 0.0;
      double root = Math.sqrt(k);
      double next = 1.0 / Math.sqrt(k + 1.0);
      for (int q = 0; q < count; q++) {
        sum += value[q] * now[q];
        double u = (q - POINTS) * STEP;
        double following = (u * now[q] - root * before[q]) * next;
        before[q] = now[q];
        now[q] = following;
      }
      coefficients[k++] = sum;
      tail -= sum * sum;
    }
    return new DualActivation(Arrays.copyOf(coefficients, k), square, Math.max(0.0, tail));
  }

  /** {@code E g(sigma u)^2}. */
  double square() {
    return square;
  }

  /** The sum at a correlation of less than 1. */
  double with(DualActivation other, double rho) {
    int count = Math.min(coefficients.length, other.coefficients.length);
    double sum = 0.0;
    for (int k = count - 1; k >= 0; k--) {
      sum = Math.fma(sum, rho, coefficients[k] * other.coefficients[k]);
    }
    return sum;
  }

  /** What {@link #with} leaves out at most, beside rounding. */
  double leftOut(DualActivation other, double rho) {
    int count = Math.min(coefficients.length, other.coefficients.length);
    return StrictMath.pow(Math.abs(rho), count) * Math.sqrt(tail * other.tail);
  }
}
