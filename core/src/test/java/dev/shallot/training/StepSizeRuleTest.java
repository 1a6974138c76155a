package dev.shallot.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StepSizeRuleTest {
  /** The golden micro-network of the theory notes: three neurons, two samples. */
  private static final Network MICRO =
      new Network(
          3,
          2,
          1,
          new double[] {0.5, -0.25, -0.3, 0.4, 0.2, 0.7},
          new double[] {1, -1, 1},
          1 / Math.sqrt(3));

  private static final TrainingData DATA =
      new TrainingData(2, 2, 1, new double[] {1, 0, 0.6, 0.8}, new double[] {0.5, -0.25});

  /**
   * H(0)/xi = [[2/3, 0.4], [0.4, 1]] (by hand: 2 of 3 neurons are active on sample 1, all on sample
   * 2, both active on 2 of 3, &lt;x1, x2&gt; = 0.6), so lambda_max = 5/6 + sqrt(1/36 + 0.16).
   */
  @Test
  void lambdaMaxOfTheMicroNetworkIsTheHandComputedOne() {
    TrainingPlan plan = TrainingPlan.builder(3, new MaskLaw.Full(1)).build();
    double lambda = 5.0 / 6.0 + Math.sqrt(1.0 / 36.0 + 0.16);
    StepSizes steps = StepSizeRule.resolve(plan, MICRO, DATA);
    assertEquals(1.0 / lambda, steps.hidden(), 1e-3);
    assertEquals(2.0 / lambda, StepSizeRule.stableLimit(plan, MICRO, DATA, steps), 2e-3);
    assertTrue(steps.reason().contains("lambda_max"), steps.reason());
  }

  /** Phi Phi^T / m with Phi = relu of the pre-activations of theory 4.0. */
  @Test
  void theOutputLayersKernelIsThatOfTheActivations() {
    TrainingPlan plan =
        TrainingPlan.builder(3, new MaskLaw.Full(1)).trained(TrainedLayers.OUTPUT).build();
    double[] first = {0.5, 0.0, 0.2};
    double[] second = {0.1, 0.14, 0.68};
    double aa = (0.25 + 0.04) / 3;
    double bb = (0.01 + 0.0196 + 0.4624) / 3;
    double ab = (first[0] * second[0] + first[2] * second[2]) / 3;
    double lambda = (aa + bb) / 2 + Math.sqrt((aa - bb) * (aa - bb) / 4 + ab * ab);
    assertEquals(1.0 / lambda, StepSizeRule.resolve(plan, MICRO, DATA).hidden(), 1e-3);
  }

  @Test
  void aStepJustBelowTheLimitStillDescends() {
    TrainingPlan plan = TrainingPlan.builder(3, new MaskLaw.Full(1)).rounds(60).build();
    double limit = StepSizeRule.stableLimit(plan, MICRO, DATA, new StepSizes(1, 1, ""));
    TrainingPlanBuilder builder = TrainingPlan.builder(3, new MaskLaw.Full(1)).rounds(60);
    TrainingOutcome below =
        MaskedTraining.run(builder.stepSize(0.9 * limit).build(), DATA, MICRO, java.util.List.of());
    assertTrue(below.last().error() < below.initial().error());
  }

  @Test
  void minibatchesAreMeasuredWithTheirWeight() {
    TrainingPlan plan =
        TrainingPlan.builder(3, new MaskLaw.Full(1)).batch(java.util.OptionalInt.of(1)).build();
    // A batch of one sample has K = (n/B) ||x||^2 (active neurons)/m: 2 * 2/3 or 2 * 1.
    assertEquals(0.5, StepSizeRule.resolve(plan, MICRO, DATA).hidden(), 1e-6);
  }

  @Test
  void anOutputStepThatUsesUpTheBudgetIsRefused() {
    TrainingPlan plan =
        TrainingPlan.builder(3, new MaskLaw.Full(1))
            .trained(TrainedLayers.BOTH)
            .outputStepSize(OptionalDouble.of(100.0))
            .build();
    TrainingException refused =
        assertThrows(TrainingException.class, () -> StepSizeRule.resolve(plan, MICRO, DATA));
    assertTrue(String.valueOf(refused.getMessage()).contains("output step size"));
  }
}
