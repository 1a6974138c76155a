package dev.shallot.engine.dense;

import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;

/**
 * Aggregates a round. The rows that subnets trained are added up in subnet order while subnets
 * finish, a few at a time, so only a few subnets are in memory at once.
 *
 * @param <A> array type
 */
final class Combiner<A> {
  private final Kernels<A> kernels;
  private final Aggregation aggregation;
  private final TrainedLayers trained;
  private final int width;
  private final Neurons<A> sums;
  private final int[] coverage;

  /** A combiner of so many neurons: of the whole network, or of a part of it. */
  Combiner(Kernels<A> kernels, TrainingPlan plan, int width, int features, int outputs) {
    this.kernels = kernels;
    this.aggregation = plan.aggregation();
    this.trained = plan.trained();
    this.width = width;
    this.sums = Neurons.room(kernels, width, features, outputs, plan.momentum() > 0.0);
    this.coverage = new int[width];
  }

  /** Forgets the last round. */
  void start() {
    java.util.Arrays.fill(coverage, 0);
  }

  /**
   * Adds the rows of the subnets that some trainers just trained.
   *
   * @param trainers the first {@code count} hold subnets, in subnet order
   * @param team who helps
   */
  void add(SubnetTrainer<A>[] trainers, int count, Team team) {
    Blocks.forEach(
        team,
        width,
        (block, worker) -> {
          int first = block * Blocks.SIZE;
          int last = Math.min(first + Blocks.SIZE, width);
          for (int r = first; r < last; r++) {
            for (int i = 0; i < count; i++) {
              int row = trainers[i].position(r);
              if (row >= 0) {
                addRow(trainers[i].held(), row, r);
              }
            }
          }
        });
  }

  /** Adds a trained row to a neuron's; in subnet order, or the sum is another one. */
  void addRow(Neurons<A> from, int row, int neuron) {
    if (coverage[neuron]++ == 0) {
      from.copy(row, sums, neuron);
      return;
    }
    addRow(from.hidden(), row, from.output(), sums.hidden(), neuron, sums.output());
    if (sums.moving()) {
      addRow(
          from.hiddenVelocity(),
          row,
          from.outputVelocity(),
          sums.hiddenVelocity(),
          neuron,
          sums.outputVelocity());
    }
  }

  private void addRow(A hidden, int row, A output, A toHidden, int neuron, A toOutput) {
    int stride = sums.stride();
    int outputs = sums.outputs();
    kernels.add(stride, hidden, row * stride, toHidden, neuron * stride);
    kernels.addScaled(outputs, 1.0, output, row * outputs, toOutput, neuron * outputs);
  }

  /**
   * Writes the next network over the old one.
   *
   * @param subnets of the round
   * @param whole the network, changed in place
   * @param team who helps
   */
  void finish(int subnets, Neurons<A> whole, Team team) {
    Blocks.forEach(
        team,
        width,
        (block, worker) -> {
          int first = block * Blocks.SIZE;
          int last = Math.min(first + Blocks.SIZE, width);
          for (int r = first; r < last; r++) {
            finishNeuron(subnets, r, whole);
          }
        });
  }

  private void finishNeuron(int subnets, int r, Neurons<A> whole) {
    int covered = coverage[r];
    int stride = sums.stride();
    int outputs = sums.outputs();
    if (covered == 0) {
      if (aggregation == Aggregation.ZERO_UNCOVERED) {
        kernels.clear(whole.hidden(), r * stride, stride);
        if (sums.moving()) {
          // Or the neuron would come back to life by what it had before.
          kernels.clear(whole.hiddenVelocity(), r * stride, stride);
        }
      }
      return;
    }
    if (trained.hidden()) {
      combine(sums.hidden(), whole.hidden(), r * stride, stride, covered, subnets);
    }
    if (trained.output()) {
      combine(sums.output(), whole.output(), r * outputs, outputs, covered, subnets);
    }
    if (sums.moving()) {
      // Of a layer that is not trained they are zero, and stay so.
      combine(sums.hiddenVelocity(), whole.hiddenVelocity(), r * stride, stride, covered, subnets);
      combine(
          sums.outputVelocity(), whole.outputVelocity(), r * outputs, outputs, covered, subnets);
    }
  }

  private void combine(A sum, A whole, int offset, int count, int covered, int subnets) {
    if (aggregation == Aggregation.SUBNET_MEAN && covered < subnets) {
      // w + (1/p) (sum of the trained rows - X w)
      kernels.addScaled(count, -covered, whole, offset, sum, offset);
      kernels.divide(count, subnets, sum, offset);
      kernels.addScaled(count, 1.0, sum, offset, whole, offset);
      return;
    }
    if (covered > 1) {
      kernels.divide(count, covered, sum, offset);
    }
    System.arraycopy(sum, offset, whole, offset, count);
  }
}
