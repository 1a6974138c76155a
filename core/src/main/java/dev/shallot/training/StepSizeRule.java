package dev.shallot.training;

import dev.shallot.network.Network;

/** placeholder until the kernel product exists. */
public final class StepSizeRule {
  private StepSizeRule() {}

  /** Resolves. */
  public static StepSizes resolve(TrainingPlan plan, Network initial, TrainingData data) {
    double hidden = plan.stepSize().orElseThrow();
    return new StepSizes(hidden, plan.outputStepSize().orElse(hidden), "given");
  }
}
