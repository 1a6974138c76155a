package dev.shallot.engine.gram;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.TrainingPlan;

/**
 * Aggregates a round in sample space. Pre-activations and coefficients are linear in the weights,
 * so they aggregate by the same rule; each sample's row is one task.
 *
 * @param <A> array type
 */
final class GramCombiner<A> {
  private final Kernels<A> kernels;
  private final LaneKernels<A> lanes;
  private final TrainingPlan plan;
  private final GramState<A> sums;
  private final A coverage;
  private final A[] rows;
  private boolean first;

  GramCombiner(SampleSpace<A> space, int workers) {
    this.kernels = space.kernels();
    this.lanes = space.lanes();
    this.plan = space.setup().plan();
    int n = space.setup().data().samples();
    this.sums = GramState.zeros(kernels, n, plan.width(), space.setup().data().outputs());
    this.coverage = kernels.allocate(sums.stride());
    this.rows = rows(workers);
    for (int worker = 0; worker < workers; worker++) {
      rows[worker] = kernels.allocate(sums.stride());
    }
  }

  @SuppressWarnings("unchecked")
  private static <A> A[] rows(int count) {
    return (A[]) new Object[count];
  }

  /** Forgets the last round. */
  void start() {
    first = true;
  }

  /** Adds what the first {@code count} trainers trained, in their order. */
  void add(GramTrainer<A>[] trainers, int count, Team team) {
    boolean clear = first;
    first = false;
    team.run(
        sums.samples() + sums.outputs(),
        (task, worker) -> {
          int at = task * sums.stride();
          if (task < sums.samples()) {
            addRow(trainers, count, task, at, clear, sums.z(), Part.Z, worker);
            addRow(trainers, count, task, at, clear, sums.beta(), Part.DELTA, worker);
          } else {
            int o = task - sums.samples();
            addRow(
                trainers, count, o, o * sums.stride(), clear, sums.output(), Part.OUTPUT, worker);
          }
        });
  }

  private enum Part {
    Z,
    DELTA,
    OUTPUT
  }

  private void addRow(
      GramTrainer<A>[] trainers,
      int count,
      int index,
      int at,
      boolean clear,
      A to,
      Part part,
      int worker) {
    if (clear) {
      kernels.clear(to, at, sums.stride());
    }
    A row = rows[worker];
    for (int i = 0; i < count; i++) {
      switch (part) {
        case Z -> trainers[i].copyZ(index, row);
        case DELTA -> trainers[i].copyDelta(index, row);
        case OUTPUT -> trainers[i].copyOutput(index, row);
      }
      lanes.expandAdd(trainers[i].heldBits(), 0, sums.width(), row, 0, to, at);
    }
  }

  /** Writes the next network over the old one. */
  void finish(MaskSet masks, GramState<A> whole, Team team) {
    double[] covered = new double[sums.width()];
    for (int r = 0; r < covered.length; r++) {
      covered[r] = masks.coverage(r);
    }
    kernels.load(covered, 0, coverage, 0, covered.length);
    boolean zero = plan.aggregation() == Aggregation.ZERO_UNCOVERED;
    int divisor = plan.aggregation() == Aggregation.SUBNET_MEAN ? masks.subnets() : 0;
    int stride = sums.stride();
    team.run(
        sums.samples(),
        (i, worker) -> {
          if (plan.trained().hidden() || zero) {
            lanes.replaceByMean(stride, sums.z(), i * stride, coverage, divisor, zero, whole.z());
            lanes.addMean(stride, sums.beta(), i * stride, coverage, divisor, zero, whole.beta());
          }
        });
    if (plan.trained().output()) {
      for (int o = 0; o < sums.outputs(); o++) {
        lanes.replaceByMean(
            stride, sums.output(), o * stride, coverage, divisor, false, whole.output());
      }
    }
    if (zero) {
      double[] kept = new double[covered.length];
      kernels.store(whole.kept(), 0, kept, 0, kept.length);
      for (int r = 0; r < kept.length; r++) {
        kept[r] = covered[r] == 0.0 ? 0.0 : kept[r];
      }
      kernels.load(kept, 0, whole.kept(), 0, kept.length);
    }
  }
}
