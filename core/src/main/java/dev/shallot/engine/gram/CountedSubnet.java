package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.numeric.ChosenSums;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
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
  /** Neurons of a list, as a share of all pairs, at which counting stops paying. */
  private static final int LISTED_SHARE = 2;

  /** Pre-activations worked out, as a share of all pairs and steps, at which it stops paying. */
  private static final int VISITED_SHARE = 16;

  /** A list is made this much longer than it has to be, so as not to be made again so soon. */
  private static final double FARTHER = 2.5;

  /** Bounds are raised by this, so that rounding cannot hide a change of sign. */
  private static final double SLACK = 1e-6;

  private final RoundView<A> round;
  private final Kernels<A> kernels;
  private final ChosenSums<A> chosenSums;
  private final int n;
  private final int stride;
  private final int tau;
  private final LinearModel model;
  private final double g;
  private final double[] k;
  private final long[] held;
  private final double[] e;
  private final double[] product;
  private final double[] absolute;
  private final double[] rise;
  private final double[] fall;
  private final double[] reach;
  private final NearZero<A> near;
  private final int[] entries;
  private final int[] rows;
  private final A chosen;
  private final double[] chosen64;
  private final double[] starts;
  private final double[] dues;
  private final double[] weighted;
  private final A weightedRow;
  private final A tables;
  private double[] sum;
  private Flips flips;
  private long visits;

  CountedSubnet(RoundView<A> round) {
    SampleSpace<A> space = round.space();
    EngineSetup setup = space.setup();
    this.round = round;
    this.kernels = space.kernels();
    this.chosenSums = space.chosen();
    this.n = setup.data().samples();
    this.tau = setup.plan().localSteps();
    this.model = new LinearModel(round);
    this.g = model.g();
    this.k = round.k();
    int width = round.stride();
    this.held = new long[round.words()];
    this.stride = 32 * round.sampleWords();
    this.sum = new double[0];
    this.e = new double[n];
    this.product = new double[n];
    this.absolute = new double[n];
    this.rise = new double[n];
    this.fall = new double[n];
    this.reach = new double[n];
    this.near =
        new NearZero<>(
            kernels, space.counted(), round.whole(), Math.max(width, width / LISTED_SHARE * n));
    this.flips = new Flips(0);
    this.entries = new int[width + LaneKernels.BLOCK];
    this.rows = new int[ChosenSums.padRows(width)];
    this.chosen = kernels.allocate(rows.length);
    this.chosen64 = new double[rows.length];
    this.starts = new double[rows.length];
    this.dues = new double[rows.length];
    this.weighted = new double[stride];
    this.weightedRow = kernels.allocate(stride);
    this.tables = kernels.allocate(groups() * ChosenSums.ENTRIES);
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
      int subnet,
      double[] heldSums,
      SubnetMoves moves,
      double[] stepErrors,
      double[] subnetErrors) {
    sum = moves.sum();
    flips = moves.flips();
    task.masks().copyBits(subnet, held);
    visits = (long) task.masks().held(subnet) * n / VISITED_SHARE * tau + 1024;
    Arrays.fill(sum, 0.0);
    Arrays.fill(rise, 0.0);
    Arrays.fill(fall, 0.0);
    Arrays.fill(reach, -1.0);
    flips.clear();
    near.clear();
    double error = model.start(heldSums, subnet * n, e);
    return steps(task, subnet, error, stepErrors, subnetErrors);
  }

  private boolean steps(
      RoundTask task, int subnet, double first, double[] stepErrors, double[] subnetErrors) {
    double error = first;
    boolean counted = false;
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
      for (int i = 0; i < n; i++) {
        sum[i] += e[i];
      }
      if (t == tau - 1 && !task.subnetErrors()) {
        return true;
      }
      if (!counted) {
        model.count(held);
        counted = true;
      }
      if (!watch(t == tau - 1)) {
        return false;
      }
      error = model.residual(sum, e);
    }
  }

  /**
   * Finds the activations that the step changes; false if that is too costly.
   *
   * <p>The last step is watched only for the sake of the error after it, and whoever looks at that
   * must not change the run: so the last step cannot be too costly.
   */
  private boolean watch(boolean last) {
    bounds();
    for (int i = 0; i < n; i++) {
      double moved = Math.max(rise[i], fall[i]);
      if (moved > reach[i]) {
        reach[i] = FARTHER * moved;
        if (!near.list(i, reach[i], held)) {
          if (!last) {
            return false;
          }
          // The lists of the other samples are not needed again: all room for this one.
          near.clear();
          near.list(i, moved, held);
        }
      }
      visit(i);
    }
    return last || visits >= 0;
  }

  /** Adds to rise and fall how far the step can move any pre-activation. */
  private void bounds() {
    Arrays.fill(product, 0.0);
    Arrays.fill(absolute, 0.0);
    for (int j = 0; j < n; j++) {
      double ej = e[j];
      int row = j * stride;
      for (int i = 0; i < n; i++) {
        double term = k[row + i] * ej;
        product[i] += term;
        absolute[i] += Math.abs(term);
      }
    }
    double half = 0.5 * Math.abs(g) * (1.0 + SLACK);
    for (int i = 0; i < n; i++) {
      // g is negative: what adds to the sum lowers v.
      fall[i] += half * (absolute[i] + product[i]);
      rise[i] += half * (absolute[i] - product[i]);
    }
  }

  /** Works out the pre-activations on sample i that are due, and takes note of changed signs. */
  private void visit(int i) {
    int count = near.due(i, rise[i], fall[i], entries);
    if (count == 0) {
      return;
    }
    visits -= count;
    int row = i * stride;
    for (int j = 0; j < n; j++) {
      weighted[j] = k[row + j] * sum[j];
    }
    kernels.load(weighted, 0, weightedRow, 0, n);
    for (int c = 0; c < count; c++) {
      rows[c] = near.neuron(entries[c]) * round.sampleWords();
    }
    for (int c = count; c < ChosenSums.padRows(count); c++) {
      rows[c] = 0;
    }
    chosenSums.tabulate(groups(), weightedRow, tables);
    chosenSums.chosenSums(groups(), tables, model.patterns(), rows, count, chosen);
    kernels.store(chosen, 0, chosen64, 0, count);
    near.starts(count, entries, starts);
    double up = rise[i];
    double down = fall[i];
    double[] signs = round.signs();
    int[] patterns = model.patterns();
    int words = round.sampleWords();
    boolean any = false;
    for (int c = 0; c < count; c++) {
      int r = near.neuron(entries[c]);
      double start = starts[c] - g * flips.correction(r, k, row);
      double v = start + g * chosen64[c];
      boolean was = ((patterns[r * words + (i >>> 5)] >>> i) & 1) != 0;
      boolean is = signs[r] * v >= 0.0;
      if (was != is) {
        int sign = is ? 1 : -1;
        model.flip(r, i, sign, start, sum[i]);
        flips.add(r, i, sign, sum[i]);
        any = true;
      }
      dues[c] = NearZero.dueFrom(v, up, down);
    }
    near.wait(count, entries, dues);
    if (any) {
      model.takeIn(i, sum[i]);
    }
  }

  private int groups() {
    return (n + 3) / 4;
  }
}
