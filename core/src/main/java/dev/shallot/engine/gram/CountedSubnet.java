package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.LinearKernels;
import dev.shallot.numeric.Simd;
import java.util.Arrays;

/**
 * The local steps of one subnet in a counted round, on n numbers instead of on the weights.
 *
 * <p>Let g = -eta s, and let S be the sum of the residuals e of the steps taken so far. As long as
 * no activation A_ri changes, a neuron's pre-activations and the subnet's outputs are
 *
 * <pre>
 *   z_r  = z_r(0) + g a_r K (A_r o S)
 *   uhat = s (q + g (K o C) S),    q_i = sum_r a_r A_ri z_ri(0),    C_ij = sum_r A_ri A_rj
 * </pre>
 *
 * (o is the elementwise product, sums run over held neurons, and a_r^2 = 1). C is counted once; a
 * step is then a product of an n x n matrix with a vector. When sample i of neuron r is switched on
 * (sign +1) or off (-1), at S, the formulas stay true with the new A if z_r(0) is replaced by
 * z_r(0) - sign g a_r K_i S_i; this changes q, row and column i of C, and nothing else ({@link
 * LinearModel}). {@link NearZero} tells which pre-activations have to be looked at.
 *
 * <p>All of this is exact arithmetic on the same iterates, only in another order: results differ
 * from those of the step-by-step engines by rounding.
 *
 * @param <A> array type
 */
final class CountedSubnet<A> {
  /** List entries, as a share of all pairs, at which counting stops paying. */
  private static final int LISTED_SHARE = 4;

  /** Pre-activations worked out, as a share of all pairs and steps, at which it stops paying. */
  private static final int VISITED_SHARE = 16;

  private final RoundView<A> round;
  private final int n;
  private final int tau;
  private final LinearModel model;
  private final long[] held;
  private final int[] own;
  private final double[] e;
  private final Reach reach;
  private final double[] listed;
  private final Forecast forecast;
  private final ActiveSums<A> active;
  private final NearZero<A> near;
  private final int[] entries;
  private int subnet;
  private double[] sum;
  private Flips flips;
  private long visits;

  CountedSubnet(RoundView<A> round, Candidates<A> candidates) {
    EngineSetup setup = round.space().setup();
    LinearKernels linear = Simd.linear();
    this.round = round;
    this.n = setup.data().samples();
    this.tau = setup.plan().localSteps();
    this.model = new LinearModel(round, linear);
    int stride = 32 * round.sampleWords();
    this.held = new long[round.words()];
    this.own = new int[round.stride() + LaneKernels.BLOCK];
    this.sum = new double[0];
    this.e = new double[n];
    this.reach = new Reach(linear, n, stride, round.k(), model.g());
    this.listed = new double[n];
    this.forecast = new Forecast(model, new Reach(linear, n, stride, round.k(), model.g()), n);
    this.active = new ActiveSums<>(round, model.patterns());
    this.near =
        new NearZero<>(round, model, active, candidates, linear, listRoom(n, round.stride()));
    this.flips = new Flips(0);
    this.entries = new int[round.stride() + LinearKernels.OVERRUN];
  }

  /** Entries that there may be in a subnet's lists: at least all neurons on one sample. */
  private static int listRoom(int samples, int width) {
    long share = (long) width / LISTED_SHARE * samples;
    return (int) Math.min(Math.max(width, share), Integer.MAX_VALUE - LaneKernels.BLOCK);
  }

  /**
   * Takes the tau local steps.
   *
   * @param heldSums sum of a_r relu(z_r) over the held neurons, subnets x n
   * @param moves receives what the steps come to
   * @return whether it was worth it; if not, nothing that it wrote may be used
   */
  boolean train(
      RoundTask task,
      int which,
      double[] heldSums,
      SubnetMoves moves,
      double[] stepErrors,
      double[] subnetErrors) {
    subnet = which;
    sum = moves.sum();
    flips = moves.flips();
    task.masks().copyBits(subnet, held);
    Arrays.fill(own, 0);
    task.masks().addMembers(subnet, 0, own);
    visits = (long) task.masks().held(subnet) * n / VISITED_SHARE * tau + 1024;
    Arrays.fill(sum, 0.0);
    reach.clear();
    flips.clear();
    double error = model.start(heldSums, subnet * n, e);
    return steps(task, error, stepErrors, subnetErrors);
  }

  private boolean steps(RoundTask task, double first, double[] stepErrors, double[] subnetErrors) {
    double error = first;
    for (int t = 0; ; t++) {
      if (!Double.isFinite(error)) {
        return false;
      }
      if (task.subnetErrors()) {
        subnetErrors[subnet * (tau + 1) + t] = error;
      }
      if (t == tau) {
        return true;
      }
      stepErrors[subnet * tau + t] = error;
      boolean last = t == tau - 1;
      if (last && !task.subnetErrors()) {
        addResidual();
        return true;
      }
      if (t == 0 && !lookAhead(last, task.subnetErrors())) {
        return false;
      }
      addResidual();
      if (!watch(last)) {
        return false;
      }
      error = model.residual(sum, e);
    }
  }

  private void addResidual() {
    for (int i = 0; i < n; i++) {
      sum[i] += e[i];
    }
  }

  /** Counts, and lists what the steps could bring to zero; false if that is too costly. */
  private boolean lookAhead(boolean last, boolean watchLast) {
    model.count(held);
    if (listAll(last, watchLast && !last)) {
      return true;
    }
    // Whoever looks at the error after the last step must not change what is too costly.
    return watchLast && !last && listAll(false, false);
  }

  private boolean listAll(boolean last, boolean oneMore) {
    near.clear();
    if (!forecast.make(e, Math.max(1, tau - 1), oneMore)) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      listed[i] = forecast.farthest(i);
      if (!list(i, last)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Lists sample i as far as {@code listed[i]}.
   *
   * <p>The last step is watched only for the sake of the error after it, and whoever looks at that
   * must not change the run: so the last step cannot be too costly, and if there is no room, then
   * samples are listed one by one, each when it is its turn.
   */
  private boolean list(int i, boolean last) {
    int count = near.list(i, subnet, listed[i], own, forecast.sum(), flips);
    if (count >= 0) {
      return true;
    }
    if (last) {
      near.clear();
      Arrays.fill(listed, -1.0);
    }
    return last;
  }

  /** Finds the activations that the step changes; false if that is too costly. */
  private boolean watch(boolean last) {
    reach.add(e);
    forecast.compare(sum);
    for (int i = 0; i < n; i++) {
      if (reach.moved(i) > listed[i]) {
        listed[i] = reach.moved(i);
        if (!list(i, last)) {
          return false;
        }
        if (listed[i] < 0.0) {
          listed[i] = reach.moved(i);
          list(i, last);
        }
      }
      visit(i);
    }
    return last || visits >= 0;
  }

  /** Works out the pre-activations on sample i that need it, and takes note of changed signs. */
  private void visit(int i) {
    int count = near.close(i, forecast.factor(), forecast.limit(i), entries);
    if (count == 0) {
      return;
    }
    visits -= count;
    int[] neurons = near.neurons();
    double[] sums = active.of(i, sum, neurons, entries, count);
    double[] signs = round.signs();
    double g = model.g();
    boolean any = false;
    for (int c = 0; c < count; c++) {
      int r = neurons[entries[c]];
      double side = model.side(r, i);
      double start = side * near.start(entries[c]);
      boolean active = start + g * signs[r] * sums[c] >= 0.0;
      if (active != side > 0.0) {
        int sign = active ? 1 : -1;
        model.flip(r, i, sign, signs[r] * start, sum[i]);
        near.flip(r, i, sign, sum[i], forecast.sum()[i]);
        flips.add(r, i, sign, sum[i]);
        any = true;
      }
    }
    if (any) {
      model.takeIn(i, sum[i]);
    }
  }
}
