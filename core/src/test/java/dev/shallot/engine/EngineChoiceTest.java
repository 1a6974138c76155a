package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  private static EngineChoice choose(TrainingPlanBuilder builder, TrainingData data) {
    TrainingPlan plan = builder.build();
    return EngineChoice.of(
        new EngineSetup(plan, new StepSizes(0.1, 0.1, ""), Problems.network(plan, data), data));
  }

  private static TrainingPlanBuilder plan() {
    return TrainingPlan.builder(64, new MaskLaw.Bernoulli(2, 0.5));
  }

  @Test
  void fewSamplesOfManyFeaturesGoToSampleSpace() {
    EngineChoice choice = choose(plan(), Problems.gaussian(20, 300, 3, 1));
    assertEquals(EngineKind.GRAM, choice.kind());
    assertTrue(choice.reason().contains("sample space"), choice.reason());
  }

  @Test
  void manySamplesOfFewFeaturesStayInWeightSpace() {
    assertEquals(EngineKind.DENSE, choose(plan(), Problems.gaussian(200, 5, 1, 1)).kind());
    assertEquals(
        EngineKind.DENSE,
        choose(plan().batch(OptionalInt.of(16)), Problems.gaussian(200, 5, 1, 1)).kind());
  }

  @Test
  void whatIsAskedForIsTaken() {
    TrainingData data = Problems.gaussian(20, 300, 3, 1);
    assertEquals(EngineKind.DENSE, choose(plan().engine(EngineKind.DENSE), data).kind());
    assertEquals(EngineKind.GRAM, choose(plan().engine(EngineKind.GRAM), data).kind());
  }

  @Test
  void theChosenEngineIsTheOneThatOpens() {
    TrainingData data = Problems.gaussian(20, 300, 3, 1);
    TrainingPlan plan = plan().build();
    try (TrainingEngine engine =
        Engines.open(
            new EngineSetup(
                plan, new StepSizes(0.1, 0.1, ""), Problems.network(plan, data), data))) {
      assertTrue(engine.description().startsWith("gram"), engine.description());
    }
  }
}
