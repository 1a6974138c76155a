package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.List;
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
  void countedRoundsPayWithMoreSamplesThanFeatures() {
    // Two subnets of 20 steps each: the weights of 90 samples move once.
    TrainingData data = Problems.gaussian(90, 50, 1, 1);
    TrainingPlanBuilder plan = TrainingPlan.builder(3000, new MaskLaw.Bernoulli(2, 0.5));
    assertEquals(EngineKind.GRAM, choose(plan.localSteps(20), data).kind());
    assertEquals(
        EngineKind.DENSE, choose(plan.trained(TrainedLayers.BOTH).localSteps(20), data).kind());
  }

  @Test
  void theChoicesThatWereMeasured() {
    // One thread, ms a round without measuring, dense / counted, in the order of the rows:
    // 19.6 / 4.7, 4.9 / 1.6, 1.25 / 1.38, 77 / 11.6, 5.1 / 2.25, 94 / 15, 74 / 74, 158 / 433.
    // A row is n, m, p, tau and the ratio.
    double[][] measured = {
      {100, 4000, 4, 5, 4.2},
      {100, 4000, 4, 1, 3.1},
      {100, 4000, 1, 1, 0.9},
      {100, 4000, 4, 20, 6.7},
      {100, 1000, 4, 5, 2.3},
      {100, 16000, 4, 5, 6.3},
      {400, 4000, 4, 5, 1.0},
      {800, 4000, 4, 5, 0.36}
    };
    for (double[] row : measured) {
      TrainingData data = Problems.gaussian((int) row[0], 122, 1, 1);
      TrainingPlan plan =
          TrainingPlan.builder((int) row[1], new MaskLaw.Bernoulli((int) row[2], 0.5))
              .localSteps((int) row[3])
              .build();
      EngineSetup setup =
          new EngineSetup(plan, new StepSizes(1, 1, ""), Problems.network(plan, data), data);
      double ratio = EngineChoice.denseRound(setup) / EngineChoice.gramRound(setup);
      String where = "n=%.0f m=%.0f p=%.0f tau=%.0f".formatted(row[0], row[1], row[2], row[3]);
      assertEquals(row[4], ratio, 0.2 * row[4], where);
      assertEquals(
          row[4] > 1.2 ? EngineKind.GRAM : EngineKind.DENSE, EngineChoice.of(setup).kind(), where);
    }
  }

  @Test
  void whatCannotFitIsRefusedWithTheNumberAndTheWayOut() {
    TrainingData data = Problems.gaussian(50, 4000, 1, 1);
    TrainingPlan plan = plan().engine(EngineKind.DENSE).precision(Precision.FLOAT64).build();
    EngineSetup small =
        new EngineSetup(plan, new StepSizes(0.1, 0.1, ""), Problems.network(plan, data), data);
    MemoryEstimate fits = MemoryEstimate.of(small, EngineKind.DENSE);
    assertTrue(fits.fits());
    fits.check(small, EngineKind.DENSE);
    MemoryEstimate tooMuch = new MemoryEstimate(1e15, 1e6);
    String message = refusal(tooMuch, small);
    assertTrue(message.contains("about 931322.6 GiB"), message);
    assertTrue(message.contains("-Xmx"), message);
    assertTrue(message.contains("engine gram"), message);
    assertTrue(message.contains("minibatches"), message);
    MemoryEstimate tooLong = new MemoryEstimate(1e6, 3e9);
    message = refusal(tooLong, small);
    assertTrue(message.contains("2^31"), message);
    assertFalse(message.contains("-Xmx"), message);
  }

  @Test
  void theEstimateIsWhatAnEngineTakes() {
    TrainingData data = Problems.gaussian(400, 300, 1, 1);
    TrainingPlanBuilder builder =
        TrainingPlan.builder(4000, new MaskLaw.Bernoulli(2, 0.5)).precision(Precision.FLOAT64);
    for (EngineKind kind : List.of(EngineKind.DENSE, EngineKind.GRAM)) {
      TrainingPlan plan = builder.engine(kind).build();
      EngineSetup setup =
          new EngineSetup(plan, new StepSizes(0.01, 0.1, ""), Problems.network(plan, data), data);
      long before = inUse();
      double taken;
      try (TrainingEngine engine = Engines.open(setup)) {
        engine.round(new RoundTask(0, plan.masks().draw(0, 0, 4000), true, true));
        // What the caller brought, and takes away, is in the estimate too.
        taken = inUse() - before + 8.0 * (400 * 301 + 2 * 4000 * 301);
        assertTrue(engine.measure().error() > 0);
      }
      double estimate = MemoryEstimate.of(setup, kind).bytes();
      assertTrue(
          taken < 1.3 * estimate && taken > 0.3 * estimate,
          "%s: takes %.0f, estimated %.0f".formatted(kind, taken, estimate));
    }
  }

  private static String refusal(MemoryEstimate estimate, EngineSetup setup) {
    return String.valueOf(
        assertThrows(TrainingException.class, () -> estimate.check(setup, EngineKind.DENSE))
            .getMessage());
  }

  private static long inUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
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
