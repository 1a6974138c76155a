package dev.shallot.engine;

import dev.shallot.TrainingException;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;

/**
 * What an engine is opened with.
 *
 * @param plan the plan
 * @param steps the step sizes in force
 * @param initial the network at initialisation
 * @param data X and Y
 */
public record EngineSetup(TrainingPlan plan, StepSizes steps, Network initial, TrainingData data) {
  public EngineSetup {
    plan.check(data);
    if (initial.width() != plan.width()) {
      throw new TrainingException(
          "the plan's width is %d, but the initial network's is %d"
              .formatted(plan.width(), initial.width()));
    }
    if (initial.features() != data.features() || initial.outputs() != data.outputs()) {
      throw new TrainingException(
          "the data has %d features and %d outputs, but the initial network has %d and %d"
              .formatted(data.features(), data.outputs(), initial.features(), initial.outputs()));
    }
    if (initial.activation() != plan.activation()) {
      throw new TrainingException(
          "the plan's activation is %s, but the initial network's is %s"
              .formatted(plan.activation(), initial.activation()));
    }
  }

  /** Samples that one local step sees: B, or n. */
  public int samplesPerStep() {
    return plan.samplesPerStep(data.samples());
  }

  /** s: the factor of the sum over held neurons in a subnet's output. */
  public double subnetScale() {
    return initial.scale() * plan.subnetFactor();
  }

  /** The factor of the sum over all neurons in the monitored output. */
  public double wholeScale() {
    return initial.scale() * plan.wholeFactor();
  }

  /** n/B, by which a minibatch's loss is multiplied, so that its gradient is right on average. */
  public double batchWeight() {
    return (double) data.samples() / samplesPerStep();
  }
}
