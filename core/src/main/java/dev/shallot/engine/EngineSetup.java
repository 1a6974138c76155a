package dev.shallot.engine;

import dev.shallot.TrainingException;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.DataSplit;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;

/**
 * What an engine is opened with.
 *
 * @param plan the plan
 * @param steps the step sizes in force
 * @param start the network at initialisation
 * @param data X and Y
 */
public record EngineSetup(
    TrainingPlan plan, StepSizes steps, NetworkRows start, TrainingData data) {
  public EngineSetup {
    plan.check(data);
    if (start.width() != plan.width()) {
      throw new TrainingException(
          "the plan's width is %d, but the initial network's is %d"
              .formatted(plan.width(), start.width()));
    }
    if (start.features() != data.features() || start.outputs() != data.outputs()) {
      throw new TrainingException(
          "the data has %d features and %d outputs, but the initial network has %d and %d"
              .formatted(data.features(), data.outputs(), start.features(), start.outputs()));
    }
    if (start.activation() != plan.activation()) {
      throw new TrainingException(
          "the plan's activation is %s, but the initial network's is %s"
              .formatted(plan.activation(), start.activation()));
    }
  }

  /** The whole network at initialisation; no copy if it was given as a whole. */
  public Network initial() {
    return start.whole();
  }

  /** Samples that one local step sees: B, or n. */
  public int samplesPerStep() {
    return plan.samplesPerStep(data.samples());
  }

  /** Whether a local step sees some of the samples only: a minibatch, or a subnet's share. */
  public boolean someSamples() {
    return plan.batch().isPresent() || plan.split() == DataSplit.SHARD;
  }

  /** Which samples each step sees, of a run of so many local steps a round. */
  public BatchSchedule batches(int localSteps) {
    return new BatchSchedule(
        plan.seed(),
        data.samples(),
        samplesPerStep(),
        localSteps,
        plan.masks().subnets(),
        plan.split() == DataSplit.SHARD);
  }

  /** s: the factor of the sum over held neurons in a subnet's output. */
  public double subnetScale() {
    return start.scale() * plan.subnetFactor();
  }

  /** The factor of the sum over all neurons in the monitored output. */
  public double wholeScale() {
    return start.scale() * plan.wholeFactor();
  }

  /** n/B, by which a minibatch's loss is multiplied, so that its gradient is right on average. */
  public double batchWeight() {
    return (double) data.samples() / samplesPerStep();
  }
}
