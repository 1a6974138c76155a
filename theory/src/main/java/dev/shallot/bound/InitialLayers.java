package dev.shallot.bound;

import dev.shallot.engine.Team;
import dev.shallot.kernel.Samples;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.OptionalLong;

/**
 * What a statement about training both layers asks of the network that a run starts from.
 *
 * @param condition COND at the initial weights
 * @param outputStep eta_v, step size of the output layer
 * @param expectedWidth from which width on COND is to be expected; empty if none is, or the weights
 *     come from a file
 */
public record InitialLayers(
    TwoRateCondition condition, double outputStep, OptionalLong expectedWidth) {

  /**
   * Looks at the initial network: n^2 m flops, and eigenvalues of three matrices of order n.
   *
   * @param drawn whether the weights are drawn by the plan's law
   * @param steps the step sizes in force, both above 0
   */
  public static InitialLayers of(
      TrainingData data,
      TrainingPlan plan,
      boolean drawn,
      Network initial,
      StepSizes steps,
      Team team) {
    Samples samples = Samples.of(data);
    double ratio = steps.hidden() / steps.output();
    OptionalLong width =
        drawn && plan.initScale() > 0.0
            ? ConditionWidth.estimate(
                samples,
                data.y(),
                plan.initialization(),
                plan.initScale(),
                plan.activation(),
                ratio,
                team)
            : OptionalLong.empty();
    return new InitialLayers(
        TwoRateCondition.at(samples, data.y(), initial, ratio, team), steps.output(), width);
  }
}
