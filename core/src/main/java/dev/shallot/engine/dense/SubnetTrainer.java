package dev.shallot.engine.dense;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.plan.TrainingPlan;

/**
 * Trains one subnet at a time on a private copy of the neurons that it holds, gathered side by
 * side: what a mask leaves out costs nothing.
 *
 * <p>With Z = W X^T (held x samples), one local step is
 *
 * <pre>
 *   forward   block by block:  Z_b = W_b X^T,   partial_b = a_b^T phi(Z_b)
 *   barrier                    uhat = s sum_b partial_b,   E = uhat - Y, or what the loss says
 *   back      block by block:  W_b += S_b X,    S_ri = -eta b s phi'(z_ri) sum_o a_ro E_oi
 *                              a_b += -eta_a b s phi(Z_b) E^T      (before W_b moves)
 * </pre>
 *
 * With momentum what is added goes to the velocities, shrunk by mu before, without eta; then W_b +=
 * eta V_b. Either way the schedule's factor of the round stands beside eta.
 *
 * <p>So each block of weights is read twice and written once a step, and costs 4 d + 4 c flops a
 * neuron and sample. ReLU's phi and phi' are a comparison inside the kernels that need them. A
 * smooth phi is computed once, on the way forward, when it leaves its slope in place of Z; its
 * values are kept if the output layer needs them on the way back. (The file is long because the two
 * ways stand side by side: ReLU's keeps its own calls, so that nothing else can slow it down.)
 *
 * @param <A> array type
 */
final class SubnetTrainer<A> {
  private final EngineSetup setup;
  private final TrainingPlan plan;
  private final Kernels<A> kernels;
  private final Samples<A> samples;
  private final Batch<A> all;
  private final Batch<A> batch;
  private final BatchSchedule schedule;
  private final int[] batchIndex;
  private final Neurons<A> held;
  private int[] heldIndex = {};
  private int[] position = {};
  private final A z;
  private final A partial;
  private final A sums;
  private final A residual;
  private final A scratch;
  private final A packedResidual;
  private final A outputGradient;
  private final int[] everyOutput;
  private final boolean smooth;
  private final SmoothRows<A> activation;
  private final A values;
  private final A bent;
  private final Residual<A> loss;
  private int heldCount;
  private double rate;

  /** A trainer of subnets of at most {@code width} neurons. */
  SubnetTrainer(
      EngineSetup setup,
      Kernels<A> kernels,
      Samples<A> samples,
      Batch<A> all,
      BatchSchedule schedule,
      int workers,
      int width) {
    this.setup = setup;
    this.plan = setup.plan();
    this.kernels = kernels;
    this.samples = samples;
    this.all = all;
    this.schedule = schedule;
    int outputs = setup.data().outputs();
    int perStep = setup.samplesPerStep();
    this.batch =
        setup.someSamples() ? new Batch<>(kernels, setup.data().features(), outputs, perStep) : all;
    this.batchIndex = new int[perStep];
    this.held =
        Neurons.room(kernels, width, setup.data().features(), outputs, plan.momentum() > 0.0);
    int stride = batch.stride();
    this.z = kernels.allocate(Math.multiplyExact(Blocks.count(width) * Blocks.SIZE, stride));
    int widest = Math.max(stride, all.stride());
    int blocks = Blocks.count(width);
    this.partial = kernels.allocate(Math.multiplyExact(blocks * outputs, widest));
    this.sums = kernels.allocate(outputs * widest);
    this.residual = kernels.allocate(outputs * widest);
    // For output gradients: one block of relu(Z) a worker; for errors over all samples: one block
    // of Z.
    this.scratch = kernels.allocate(Math.multiplyExact(workers * Blocks.SIZE, widest));
    boolean output = plan.trained().output();
    this.packedResidual = kernels.allocate(output ? kernels.packedLength(stride, outputs) : 0);
    this.outputGradient =
        kernels.allocate(output ? workers * Blocks.SIZE * kernels.pad(outputs) : 0);
    this.everyOutput = new int[outputs];
    for (int o = 0; o < outputs; o++) {
      everyOutput[o] = o;
    }
    this.smooth = plan.activation().smooth();
    this.activation = new SmoothRows<>(kernels, plan.activation(), smooth ? workers : 0);
    this.values =
        kernels.allocate(
            smooth && output ? Math.multiplyExact(Blocks.count(width) * Blocks.SIZE, stride) : 0);
    this.bent = kernels.allocate(smooth ? workers * Blocks.SIZE * widest : 0);
    this.loss = new Residual<>(kernels, plan.loss(), setup.data());
  }

  /** The neurons as the subnet left them; row i is the i-th neuron of its mask. */
  Neurons<A> held() {
    return held;
  }

  /** The row of a neuron in {@link #held}, or -1 if the subnet does not hold it. */
  int position(int neuron) {
    return position[neuron];
  }

  /**
   * Takes the tau local steps of a subnet.
   *
   * @param whole the network that all subnets of the round start from; not changed
   * @param task the round
   * @param subnet which subnet
   * @param team who helps
   * @param stepErrors receives tau numbers at {@code subnet * tau}
   * @param subnetErrors receives tau + 1 numbers at {@code subnet * (tau + 1)} if the task asks
   */
  void train(
      Neurons<A> whole,
      RoundTask task,
      int subnet,
      Team team,
      double[] stepErrors,
      double[] subnetErrors) {
    gather(whole, task, subnet);
    takeSteps(task, subnet, team, subnet, stepErrors, subnetErrors);
  }

  /** Begins a subnet of so many neurons, whose rows the caller puts into {@link #held}. */
  void begin(int count) {
    heldCount = count;
    // The last group of rows is filled up with neurons that add nothing to the output.
    int full = (heldCount + Kernels.ROWS - 1) / Kernels.ROWS * Kernels.ROWS;
    held.clear(kernels, heldCount, full);
  }

  /**
   * As {@link #train}, for the neurons that are in {@link #held}; masks are not looked at.
   *
   * @param at which row of the two arrays is this subnet's
   */
  void takeSteps(
      RoundTask task, int subnet, Team team, int at, double[] stepErrors, double[] subnetErrors) {
    rate = plan.schedule().factor(task.round(), plan.rounds());
    int tau = plan.localSteps();
    for (int t = 0; t < tau; t++) {
      if (setup.someSamples()) {
        if (task.subnetErrors()) {
          subnetErrors[at * (tau + 1) + t] = errorOnAll(team);
        }
        if (t == 0 || plan.batch().isPresent()) {
          schedule.fill(task.round(), subnet, t, batchIndex);
          batch.fill(samples, batchIndex);
        }
      }
      double error = step(team);
      stepErrors[at * tau + t] = setup.batchWeight() * error;
      if (task.subnetErrors() && !setup.someSamples()) {
        subnetErrors[at * (tau + 1) + t] = error;
      }
    }
    if (task.subnetErrors()) {
      subnetErrors[at * (tau + 1) + tau] = errorOnAll(team);
    }
  }

  private void gather(Neurons<A> whole, RoundTask task, int subnet) {
    if (position.length == 0) {
      position = new int[plan.width()];
      heldIndex = new int[plan.width()];
    }
    int count = task.masks().heldNeurons(subnet, heldIndex);
    java.util.Arrays.fill(position, -1);
    for (int i = 0; i < count; i++) {
      whole.copy(heldIndex[i], held, i);
      position[heldIndex[i]] = i;
    }
    begin(count);
  }

  /** One gradient step; returns the error on the batch from before it. */
  private double step(Team team) {
    int stride = batch.stride();
    int outputs = held.outputs();
    int size = outputs * stride;
    Blocks.forEach(
        team,
        heldCount,
        (block, worker) -> {
          int first = block * Blocks.SIZE;
          int rows = Blocks.rows(block, heldCount);
          preActivations(first, rows, batch, z, first * stride);
          if (smooth) {
            sumSmooth(block, worker);
            return;
          }
          kernels.sumOverRows(
              rows,
              stride,
              outputs,
              z,
              first * stride,
              held.output(),
              first * outputs,
              partial,
              block * size,
              true);
        });
    double error = residual(size, batch);
    if (plan.trained().output()) {
      kernels.packTransposed(residual, stride, everyOutput, stride, outputs, packedResidual);
    }
    Blocks.forEach(team, heldCount, (block, worker) -> moveBlock(block, worker));
    return error;
  }

  /** The forward half of a block under a smooth activation; z becomes its slopes. */
  private void sumSmooth(int block, int worker) {
    int stride = batch.stride();
    int outputs = held.outputs();
    int first = block * Blocks.SIZE;
    int blockRows = Blocks.rows(block, heldCount);
    boolean keep = plan.trained().output();
    A to = keep ? values : scratch;
    int offset = (keep ? first : worker * Blocks.SIZE) * stride;
    int neurons = Math.min(Blocks.SIZE, heldCount - first);
    activation.bend(
        neurons, blockRows, batch.size(), stride, z, first * stride, to, offset, worker);
    kernels.sumOverRows(
        blockRows,
        stride,
        outputs,
        to,
        offset,
        held.output(),
        first * outputs,
        partial,
        block * outputs * stride,
        false);
  }

  private void moveBlock(int block, int worker) {
    int stride = batch.stride();
    int outputs = held.outputs();
    int first = block * Blocks.SIZE;
    int rows = Blocks.rows(block, heldCount);
    double factor = -setup.batchWeight() * setup.subnetScale();
    int gradientStride = kernels.pad(outputs);
    int gradientOffset = worker * Blocks.SIZE * gradientStride;
    if (plan.trained().output()) {
      int scratchOffset = worker * Blocks.SIZE * stride;
      if (!smooth) {
        kernels.relu(rows * stride, z, first * stride, scratch, scratchOffset);
      }
      kernels.multiply(
          rows,
          stride,
          outputs,
          smooth ? values : scratch,
          smooth ? first * stride : scratchOffset,
          stride,
          packedResidual,
          outputGradient,
          gradientOffset,
          gradientStride);
    }
    if (plan.trained().hidden()) {
      double eta = rate * setup.steps().hidden();
      double coefficient = held.moving() ? factor : eta * factor;
      if (smooth) {
        activation.backward(
            rows,
            stride,
            outputs,
            z,
            first * stride,
            held.output(),
            first * outputs,
            residual,
            coefficient,
            scratch,
            worker * Blocks.SIZE * stride);
      } else {
        kernels.backward(
            rows,
            stride,
            outputs,
            z,
            first * stride,
            held.output(),
            first * outputs,
            residual,
            coefficient,
            plan.aggregation().activeAtZero());
      }
      int at = first * held.stride();
      int count = rows * held.stride();
      A moved = held.moving() ? held.hiddenVelocity() : held.hidden();
      slowDown(count, moved, at);
      kernels.multiplyAdd(
          rows,
          batch.size(),
          setup.data().features(),
          z,
          first * stride,
          stride,
          batch.back(),
          moved,
          at,
          held.stride());
      if (held.moving()) {
        kernels.addScaled(count, eta, moved, at, held.hidden(), at);
      }
    }
    if (plan.trained().output()) {
      double eta = rate * setup.steps().output();
      A moved = held.moving() ? held.outputVelocity() : held.output();
      slowDown(rows * outputs, moved, first * outputs);
      // Rows past the last neuron stay zero: their relu(Z) is zero.
      for (int r = 0; r < rows; r++) {
        kernels.addScaled(
            outputs,
            held.moving() ? factor : eta * factor,
            outputGradient,
            gradientOffset + r * gradientStride,
            moved,
            (first + r) * outputs);
      }
      if (held.moving()) {
        int at = first * outputs;
        kernels.addScaled(rows * outputs, eta, moved, at, held.output(), at);
      }
    }
  }

  /** {@code v = mu v}, as v + (mu - 1) v; nothing without momentum. */
  private void slowDown(int count, A velocity, int at) {
    if (held.moving()) {
      kernels.addScaled(count, plan.momentum() - 1.0, velocity, at, velocity, at);
    }
  }

  /** The error over all samples, nothing kept of it. */
  private double errorOnAll(Team team) {
    int stride = all.stride();
    int outputs = held.outputs();
    int size = outputs * stride;
    Blocks.forEach(
        team,
        heldCount,
        (block, worker) -> {
          int first = block * Blocks.SIZE;
          int rows = Blocks.rows(block, heldCount);
          int offset = worker * Blocks.SIZE * stride;
          preActivations(first, rows, all, scratch, offset);
          if (smooth) {
            int neurons = Math.min(Blocks.SIZE, heldCount - first);
            activation.bend(
                neurons, rows, all.size(), stride, scratch, offset, bent, offset, worker);
          }
          kernels.sumOverRows(
              rows,
              stride,
              outputs,
              smooth ? bent : scratch,
              offset,
              held.output(),
              first * outputs,
              partial,
              block * size,
              !smooth);
        });
    return residual(size, all);
  }

  private void preActivations(int first, int rows, Batch<A> of, A out, int outOffset) {
    kernels.multiply(
        rows,
        setup.data().features(),
        of.size(),
        held.hidden(),
        first * held.stride(),
        held.stride(),
        of.forward(),
        out,
        outOffset,
        of.stride());
  }

  private double residual(int size, Batch<A> of) {
    if (heldCount == 0) {
      kernels.clear(sums, 0, size);
    } else {
      Blocks.addUp(kernels, Blocks.count(heldCount), partial, size, sums);
    }
    return loss.of(setup.subnetScale(), sums, of, residual);
  }
}
