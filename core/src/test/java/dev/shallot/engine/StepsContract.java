package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.MaskScaling;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every engine promises of local steps other than the papers': losses, momentum, schedules,
 * sample weights. An engine that knows none of them says so, and must refuse them.
 */
abstract class StepsContract {

  /** Opens the engine under test. */
  abstract TrainingEngine open(EngineSetup setup);

  /** Relative tolerance against the reference engine: 1e-9 in float64, 1e-3 in float32. */
  abstract double tolerance();

  /** What the plan must say for this engine. */
  abstract TrainingPlanBuilder configure(TrainingPlanBuilder plan);

  /** Whether the engine knows activations other than ReLU. */
  boolean knowsSmoothActivations() {
    return true;
  }

  /** Whether the engine knows other steps than plain ones of one size on the squared loss. */
  boolean knowsOtherSteps() {
    return true;
  }

  /** A kind of local steps. */
  private record Kind(String name, UnaryOperator<TrainingPlanBuilder> plan, boolean weighted) {}

  private static final StepSchedule FALLING = new StepSchedule(new StepSchedule.Cosine(0.05), 7);

  private static final List<Kind> KINDS =
      List.of(
          new Kind("cross-entropy", p -> p.loss(Loss.CROSS_ENTROPY), false),
          new Kind("momentum", p -> p.momentum(0.8), false),
          new Kind("schedule", p -> p.schedule(FALLING), false),
          new Kind("weights", p -> p, true),
          new Kind(
              "all of them",
              p -> p.loss(Loss.CROSS_ENTROPY).momentum(0.8).schedule(FALLING),
              true));

  @TestFactory
  List<DynamicTest> followsTheReferenceUnderOtherSteps() {
    List<DynamicTest> tests = new ArrayList<>();
    if (!knowsOtherSteps()) {
      return tests;
    }
    for (Kind kind : KINDS) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        tests.add(
            follows(
                kind, trained, OptionalInt.empty(), Aggregation.COVERAGE_MEAN, Activation.RELU));
      }
      for (Aggregation aggregation : Aggregation.values()) {
        tests.add(
            follows(kind, TrainedLayers.BOTH, OptionalInt.of(7), aggregation, Activation.GELU));
      }
    }
    return tests;
  }

  private DynamicTest follows(
      Kind kind,
      TrainedLayers trained,
      OptionalInt batch,
      Aggregation aggregation,
      Activation activation) {
    TrainingPlanBuilder plan =
        kind.plan()
            .apply(
                TrainingPlan.builder(70, new MaskLaw.Bernoulli(3, 0.4))
                    .activation(activation)
                    // Not +-1: a neuron whose signs are all the same moves all logits alike, so
                    // that its gradient under cross-entropy is rounding and nothing else.
                    .initialization(Initialization.LECUN, 1.3)
                    .aggregation(aggregation)
                    .scaling(MaskScaling.INVERTED)
                    .localSteps(3)
                    .rounds(50)
                    .trained(trained)
                    .batch(batch)
                    .seed(11));
    return DynamicTest.dynamicTest(
        "%s, train %s, batch %s, %s, %s"
            .formatted(kind.name(), trained, batch, aggregation, activation),
        () -> compare(plan, data(kind), 50));
  }

  private static TrainingData data(Kind kind) {
    TrainingData data = Problems.classes(23, 6, 3, 5);
    return kind.weighted() ? Problems.weighted(data, 8) : data;
  }

  @TestFactory
  List<DynamicTest> otherStepsThatAreSavedAndRestoredGoOnToTheSameBits() {
    List<DynamicTest> tests = new ArrayList<>();
    if (!knowsOtherSteps()) {
      return tests;
    }
    for (OptionalInt batch : List.of(OptionalInt.empty(), OptionalInt.of(7))) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        Kind all = KINDS.getLast();
        TrainingPlanBuilder plan =
            all.plan()
                .apply(
                    TrainingPlan.builder(70, new MaskLaw.Bernoulli(3, 0.4))
                        .localSteps(3)
                        .rounds(20)
                        .trained(trained)
                        .batch(batch)
                        .seed(4));
        tests.add(
            DynamicTest.dynamicTest(
                "batch %s, train %s".formatted(batch, trained),
                () -> goesOn(plan, data(all), 0.05)));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> whoKnowsNoOtherStepsRefusesThem() {
    List<DynamicTest> tests = new ArrayList<>();
    if (knowsOtherSteps()) {
      return tests;
    }
    for (Kind kind : KINDS) {
      tests.add(
          DynamicTest.dynamicTest(
              kind.name(),
              () -> {
                TrainingData data = data(kind);
                var refusal =
                    assertThrows(
                        TrainingException.class,
                        () -> {
                          TrainingPlan plan =
                              kind.plan()
                                  .apply(configure(TrainingPlan.builder(8, new MaskLaw.Full(1))))
                                  .rounds(20)
                                  .engine(EngineKind.GRAM)
                                  .build();
                          Network initial = Problems.network(plan, data);
                          new EngineSetup(plan, new StepSizes(0.1, 0.1, ""), initial, data);
                        });
                assertTrue(
                    String.valueOf(refusal.getMessage()).contains("use engine dense"),
                    refusal.getMessage());
                TrainingPlan auto =
                    kind.plan()
                        .apply(TrainingPlan.builder(8, new MaskLaw.Full(1)))
                        .rounds(20)
                        .build();
                Network initial = Problems.network(auto, data);
                var setup = new EngineSetup(auto, new StepSizes(0.1, 0.1, ""), initial, data);
                assertEquals(EngineKind.DENSE, EngineChoice.of(setup).kind());
              }));
    }
    return tests;
  }

  @Test
  void aNeuronThatWasZeroedStaysDeadWhateverItsVelocityWas() {
    if (!knowsOtherSteps()) {
      return;
    }
    TrainingData data = Problems.classes(12, 5, 3, 4);
    TrainingPlan plan =
        configure(
                TrainingPlan.builder(40, new MaskLaw.Bernoulli(1, 0.6))
                    .aggregation(Aggregation.ZERO_UNCOVERED)
                    .momentum(0.9)
                    .rounds(6)
                    .seed(6))
            .build();
    Network initial = Problems.network(plan, data);
    try (TrainingEngine engine =
        open(new EngineSetup(plan, new StepSizes(0.05, 0.05, ""), initial, data))) {
      boolean[] dead = new boolean[40];
      for (int k = 0; k < 6; k++) {
        MaskSet masks = plan.masks().draw(6, k, 40);
        engine.round(new RoundTask(k, masks, false, false));
        double[] w = engine.network().hiddenWeights();
        for (int r = 0; r < 40; r++) {
          dead[r] |= masks.coverage(r) == 0;
          for (int j = 0; j < 5 && dead[r]; j++) {
            assertEquals(0.0, w[r * 5 + j], "round " + k + ", neuron " + r);
          }
        }
      }
    }
  }

  final void compare(TrainingPlanBuilder builder, TrainingData data, int rounds) {
    TrainingPlan exact = builder.build();
    Network initial = Problems.network(exact, data);
    StepSizes steps = new StepSizes(0.02, 0.01, "test");
    TrainingPlan plan = configure(builder).build();
    try (TrainingEngine reference =
            new ReferenceEngine(new EngineSetup(exact, steps, initial, data));
        TrainingEngine engine = open(new EngineSetup(plan, steps, initial, data))) {
      assertEquals(
          reference.measure().error(),
          engine.measure().error(),
          tolerance() * reference.measure().error());
      for (long k = 0; k < rounds; k++) {
        MaskSet masks = plan.masks().draw(plan.seed(), k, plan.width());
        RoundTask task = new RoundTask(k, masks, true, true);
        RoundReport expected = reference.round(task);
        RoundReport actual = engine.round(task);
        close("step errors, round " + k, expected.stepErrors(), actual.stepErrors());
        close("subnet errors, round " + k, expected.subnetErrors(), actual.subnetErrors());
        close(
            "error after aggregation, round " + k,
            new double[] {
              expected.whole().orElseThrow().error(), expected.whole().orElseThrow().displacement()
            },
            new double[] {
              actual.whole().orElseThrow().error(), actual.whole().orElseThrow().displacement()
            });
        long flips = expected.whole().orElseThrow().flips();
        long apart = Math.abs(flips - actual.whole().orElseThrow().flips());
        assertTrue(apart <= (tolerance() < 1e-6 ? 0 : 6), "flips, round " + k);
      }
    }
  }

  private void close(String what, double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance() * Math.abs(expected[i]) + 1e-12, what);
    }
  }

  final void goesOn(TrainingPlanBuilder builder, TrainingData data, double eta) throws IOException {
    StepSizes steps = new StepSizes(eta, eta / 2, "test");
    TrainingPlan plan = configure(builder.threads(1)).build();
    TrainingPlan other = configure(builder.threads(2)).build();
    Network initial = Problems.network(plan, data);
    SavedState state;
    List<RoundReport> before = new ArrayList<>();
    try (TrainingEngine engine = open(new EngineSetup(plan, steps, initial, data))) {
      takeRounds(engine, plan, 0, 6, new ArrayList<>());
      state = SavedState.of(engine);
      // Saving changes nothing, and who was saved goes on.
      takeRounds(engine, plan, 6, 10, before);
      try (TrainingEngine fresh = open(new EngineSetup(other, steps, initial, data))) {
        fresh.exchange(state);
        assertTrue(state.restored());
        List<RoundReport> after = new ArrayList<>();
        takeRounds(fresh, plan, 6, 10, after);
        for (int k = 0; k < after.size(); k++) {
          assertArrayEquals(before.get(k).stepErrors(), after.get(k).stepErrors());
          assertArrayEquals(before.get(k).subnetErrors(), after.get(k).subnetErrors());
          assertEquals(before.get(k).whole(), after.get(k).whole());
        }
        assertArrayEquals(engine.network().hiddenWeights(), fresh.network().hiddenWeights());
        assertArrayEquals(engine.network().outputWeights(), fresh.network().outputWeights());
        assertEquals(engine.measure(), fresh.measure());
      }
    }
  }

  private static void takeRounds(
      TrainingEngine engine, TrainingPlan plan, int from, int to, List<RoundReport> reports) {
    for (int k = from; k < to; k++) {
      MaskSet masks = plan.masks().draw(plan.seed(), k, plan.width());
      boolean seen = k % 2 == 1;
      reports.add(engine.round(new RoundTask(k, masks, seen, seen)));
    }
  }
}
