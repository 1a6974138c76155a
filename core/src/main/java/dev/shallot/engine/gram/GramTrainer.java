package dev.shallot.engine.gram;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.numeric.FloatTables;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.plan.TrainingPlan;

/**
 * Trains one subnet at a time in sample space, on private copies of the pre-activations of the
 * neurons that it holds, 64 neurons a block.
 *
 * <p>One step, block by block, with E = uhat - Y known:
 *
 * <pre>
 *   S_ir    = -eta b s 1{z_ir active} sum_o a_ro E_oi       for the samples i of the step
 *   delta  += S                                             (what the step adds to beta)
 *   z      += K S
 *   a_ro   -= eta_a b s sum_i E_oi relu(z_ir)               (with the z from before)
 *   partial = sum_r a_ro relu(z_ir)                         the next step's forward pass
 * </pre>
 *
 * and then, at the barrier, the next E. The cost is 2 n B flops a neuron; with one +-1 output and
 * table look-up a sixteenth of that in instructions (see {@link FloatTables}).
 *
 * @param <A> array type
 */
final class GramTrainer<A> {
  private static final int BLOCK = LaneKernels.BLOCK;

  /** Blocks that a worker steps together, so that K passes through the caches once for all. */
  private static final int MOST_TOGETHER = 4;

  private final SampleSpace<A> space;
  private final TrainingPlan plan;
  private final Kernels<A> kernels;
  private final LaneKernels<A> lanes;
  private final int n;
  private final int c;
  private final int perStep;
  private final GramBatch<A> batch;
  private final A z;
  private final A delta;
  private final A output;
  private final A partial;
  private final A sums;
  private final A residual;
  private final A scaled;
  private final A tables;
  private final int together;
  private final A[] steps;
  private final A[] outputGradients;
  private final A[] scratches;
  private final int[][] indices;
  private final A row;
  private final long[] heldBits;
  private int heldCount;
  private int blocks;

  GramTrainer(SampleSpace<A> space, BatchSchedule schedule, int workers) {
    this.space = space;
    this.plan = space.setup().plan();
    this.kernels = space.kernels();
    this.lanes = space.lanes();
    this.n = space.setup().data().samples();
    this.c = space.setup().data().outputs();
    this.perStep = space.setup().samplesPerStep();
    this.batch = new GramBatch<>(space, schedule);
    int most = (plan.width() + BLOCK - 1) / BLOCK;
    int area = Math.multiplyExact(space.rows(), BLOCK);
    this.z = kernels.allocate(Math.multiplyExact(most, area));
    this.delta = kernels.allocate(Math.multiplyExact(most, area));
    this.output = kernels.allocate(Math.multiplyExact(most, c * BLOCK));
    this.partial = kernels.allocate(Math.multiplyExact(most, c * space.stride()));
    this.sums = kernels.allocate(c * space.stride());
    this.residual = kernels.allocate(c * space.stride());
    this.scaled = kernels.allocate(space.stride());
    this.tables = kernels.allocate(space.tables() ? FloatTables.length(n) : 0);
    this.together = Math.min(MOST_TOGETHER, Math.max(1, most / workers));
    this.steps = arrays(workers);
    this.outputGradients = arrays(workers);
    this.scratches = arrays(workers);
    this.indices = new int[workers][space.tables() ? FloatTables.groups(n) * BLOCK : 0];
    for (int worker = 0; worker < workers; worker++) {
      steps[worker] = kernels.allocate(Math.multiplyExact(perStep, together * BLOCK));
      outputGradients[worker] = kernels.allocate(c * BLOCK);
      scratches[worker] = kernels.allocate(16);
    }
    this.row = kernels.allocate(most * BLOCK);
    this.heldBits = new long[most];
  }

  @SuppressWarnings("unchecked")
  private static <A> A[] arrays(int count) {
    return (A[]) new Object[count];
  }

  /** Which neurons the subnet holds, 64 a word. */
  long[] heldBits() {
    return heldBits;
  }

  /** Number of neurons that the subnet holds. */
  int heldCount() {
    return heldCount;
  }

  /** Writes sample i's pre-activations of the held neurons side by side. */
  void copyZ(int i, A into) {
    copyRow(z, i, space.rows(), into);
  }

  /** Writes what training added to sample i's coefficients, side by side. */
  void copyDelta(int i, A into) {
    copyRow(delta, i, space.rows(), into);
  }

  /** Writes the output weights of output o, side by side. */
  void copyOutput(int o, A into) {
    copyRow(output, o, c, into);
  }

  private void copyRow(A from, int i, int rowsOfBlock, A into) {
    for (int block = 0; block < blocks; block++) {
      int count = Math.min(BLOCK, heldCount - block * BLOCK);
      System.arraycopy(from, (block * rowsOfBlock + i) * BLOCK, into, block * BLOCK, count);
    }
  }

  /**
   * Takes the tau local steps of a subnet; the parameters are those of the dense engine's trainer.
   */
  void train(
      GramState<A> whole,
      RoundTask task,
      int subnet,
      Team team,
      double[] stepErrors,
      double[] subnetErrors) {
    gather(whole, task, subnet);
    int tau = plan.localSteps();
    team.run(blocks, (block, worker) -> forward(block, worker));
    for (int t = 0; t < tau; t++) {
      double error = residual();
      if (task.subnetErrors()) {
        subnetErrors[subnet * (tau + 1) + t] = error;
      }
      batch.take(task.round(), subnet, t);
      error = batch.error(residual, error);
      stepErrors[subnet * tau + t] = space.setup().batchWeight() * error;
      boolean last = t == tau - 1 && !task.subnetErrors();
      if (space.tables()) {
        tabulate(team);
      }
      team.run(
          (blocks + together - 1) / together,
          (group, worker) -> {
            int first = group * together;
            int end = Math.min(blocks, first + together);
            step(first, end, worker);
            for (int block = first; block < end && !last; block++) {
              forward(block, worker);
            }
          });
    }
    if (task.subnetErrors()) {
      subnetErrors[subnet * (tau + 1) + tau] = residual();
    }
  }

  private void gather(GramState<A> whole, RoundTask task, int subnet) {
    task.masks().copyBits(subnet, heldBits);
    heldCount = task.masks().held(subnet);
    blocks = (heldCount + BLOCK - 1) / BLOCK;
    for (int i = 0; i < n; i++) {
      lanes.compress(heldBits, 0, whole.width(), whole.z(), i * whole.stride(), row, 0);
      place(z, i, space.rows());
    }
    for (int o = 0; o < c; o++) {
      lanes.compress(heldBits, 0, whole.width(), whole.output(), o * whole.stride(), row, 0);
      place(output, o, c);
    }
    kernels.clear(delta, 0, blocks * space.rows() * BLOCK);
  }

  /** Deals the held entries of {@link #row} out to the blocks; what is past the last is zero. */
  private void place(A to, int i, int rowsOfBlock) {
    kernels.clear(row, heldCount, blocks * BLOCK - heldCount);
    for (int block = 0; block < blocks; block++) {
      System.arraycopy(row, block * BLOCK, to, (block * rowsOfBlock + i) * BLOCK, BLOCK);
    }
  }

  private void forward(int block, int worker) {
    lanes.sumOverNeurons(
        n,
        c,
        BLOCK,
        z,
        block * space.rows() * BLOCK,
        output,
        block * c * BLOCK,
        partial,
        block * c * space.stride(),
        space.stride(),
        scratches[worker]);
  }

  /** E = uhat - Y on all samples, and its squared norm. */
  private double residual() {
    int size = c * space.stride();
    kernels.clear(sums, 0, size);
    for (int block = 0; block < blocks; block++) {
      kernels.add(size, partial, block * size, sums, 0);
    }
    return kernels.residual(size, space.setup().subnetScale(), sums, space.targets(), residual);
  }

  /** -eta b s. */
  private double hiddenFactor() {
    return -space.setup().steps().hidden()
        * space.setup().batchWeight()
        * space.setup().subnetScale();
  }

  private void tabulate(Team team) {
    kernels.clear(scaled, 0, space.stride());
    kernels.addScaled(space.stride(), hiddenFactor(), residual, 0, scaled, 0);
    int groups = FloatTables.groups(n);
    int share = (groups + team.workers() - 1) / team.workers();
    team.run(
        team.workers(),
        (part, worker) ->
            FloatTables.tabulate(
                n,
                (float[]) space.k(),
                space.stride(),
                (float[]) scaled,
                (float[]) tables,
                Math.min(groups, part * share),
                Math.min(groups, (part + 1) * share)));
  }

  /** A step of the blocks from {@code first} up to {@code end}. */
  private void step(int first, int end, int worker) {
    if (space.tables()) {
      for (int block = first; block < end; block++) {
        lookUp(block, worker);
      }
      return;
    }
    int area = space.rows() * BLOCK;
    A s = steps[worker];
    for (int block = first; block < end; block++) {
      backward(block, worker, s, (block - first) * perStep * BLOCK);
    }
    if (plan.trained().hidden()) {
      lanes.multiplyAdd(
          space.rows(),
          perStep,
          batch.columns(),
          batch.stride(),
          end - first,
          s,
          0,
          perStep * BLOCK,
          z,
          first * area,
          area);
    }
  }

  private void lookUp(int block, int worker) {
    FloatTables.lookUp(
        n,
        (float[]) tables,
        (float[]) scaled,
        (float[]) output,
        block * c * BLOCK,
        plan.aggregation().activeAtZero(),
        indices[worker],
        (float[]) z,
        (float[]) delta,
        block * space.rows() * BLOCK);
  }

  /** All of a block's step but the product with K: S, beta, and the output weights. */
  private void backward(int block, int worker, A s, int sOffset) {
    int at = block * space.rows() * BLOCK;
    int aAt = block * c * BLOCK;
    A gradient = outputGradients[worker];
    if (plan.trained().output()) {
      lanes.outputGradient(
          batch.samples(), perStep, c, z, at, residual, space.stride(), gradient, 0);
    }
    if (plan.trained().hidden()) {
      lanes.backward(
          batch.samples(),
          perStep,
          c,
          z,
          at,
          output,
          aAt,
          residual,
          space.stride(),
          hiddenFactor(),
          plan.aggregation().activeAtZero(),
          s,
          sOffset);
      lanes.addRows(batch.samples(), perStep, s, sOffset, delta, at);
    }
    if (plan.trained().output()) {
      double factor =
          -space.setup().steps().output()
              * space.setup().batchWeight()
              * space.setup().subnetScale();
      kernels.addScaled(c * BLOCK, factor, gradient, 0, output, aAt);
    }
  }
}
