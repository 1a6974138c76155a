package dev.shallot.engine.gram;

import java.util.Arrays;

/**
 * Where the local steps of a subnet would lead if no activation changed, and how far they have
 * strayed from that.
 *
 * <p>The sums S_t of the residuals lie almost on a line: S_t = lambda_t F + D_t, with F the sum
 * that the linear model comes to by itself. A neuron whose activations stay as they were moves by
 * {@code lambda_t} times what F moves it by, which is worked out once, give or take what D_t can
 * move it by: a small fraction of the way. lambda_t is the least-squares factor; any would do,
 * since D_t is what is left.
 */
final class Forecast {
  /** Lists reach this much farther than the forecast, since activations do change. */
  private static final double FARTHER = 1.05;

  /**
   * Float32 sums of n numbers, and a few more operations: what rounding can make of a way, as a
   * share of how far anything can move.
   */
  private static final double ROUNDING = 4e-6;

  private final LinearModel model;
  private final Reach reach;
  private final int n;
  private final double[] sum;
  private final double[] e;
  private final double[] farthest;
  private final double[] rounding;
  private final double[] rest;
  private final double[] limit;
  private double square;
  private double factor;

  Forecast(LinearModel model, Reach reach, int n) {
    this.model = model;
    this.reach = reach;
    this.n = n;
    this.sum = new double[n];
    this.e = new double[n];
    this.farthest = new double[n];
    this.rounding = new double[n];
    this.rest = new double[n];
    this.limit = new double[n];
  }

  /**
   * Looks ahead.
   *
   * @param first the residual of the first step
   * @param steps how many steps F is the sum of
   * @param oneMore whether lists have to reach as far as one more step does; changes nothing else
   * @return whether everything is finite
   */
  boolean make(double[] first, int steps, boolean oneMore) {
    Arrays.fill(sum, 0.0);
    System.arraycopy(first, 0, e, 0, n);
    reach.clear();
    for (int t = 0; t < steps; t++) {
      if (t > 0) {
        model.residual(sum, e);
      }
      reach.add(e);
      for (int i = 0; i < n; i++) {
        sum[i] += e[i];
      }
    }
    for (int i = 0; i < n; i++) {
      rounding[i] = ROUNDING * reach.moved(i);
    }
    if (oneMore) {
      model.residual(sum, e);
      reach.add(e);
    }
    square = 0.0;
    boolean finite = true;
    for (int i = 0; i < n; i++) {
      square += sum[i] * sum[i];
      farthest[i] = FARTHER * reach.moved(i);
      finite &= Double.isFinite(farthest[i]);
    }
    return finite;
  }

  /** F. */
  double[] sum() {
    return sum;
  }

  /** How far a pre-activation on sample i may be from zero and still get there. */
  double farthest(int i) {
    return farthest[i];
  }

  /** Compares with the sum that the steps really came to. */
  void compare(double[] real) {
    double along = 0.0;
    for (int i = 0; i < n; i++) {
      along += sum[i] * real[i];
    }
    factor = square > 0.0 ? along / square : 0.0;
    for (int i = 0; i < n; i++) {
      rest[i] = real[i] - factor * sum[i];
    }
    reach.once(rest, limit);
    for (int i = 0; i < n; i++) {
      limit[i] += rounding[i];
    }
  }

  /** lambda. */
  double factor() {
    return factor;
  }

  /** How far from where lambda F brings it a pre-activation on sample i can be. */
  double limit(int i) {
    return limit[i];
  }
}
