package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.gram.GramEngine;
import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Counted rounds where they are hard: many changes of activation, many steps, many samples, and
 * rounds that are given up half-way. The reference engine steps through the same.
 */
class CountedRoundsTest {
  private static final int ROUNDS = 6;

  @Test
  void manyStepsThatFlipManyActivations() {
    long flips = follows(TrainingPlan.builder(90, bernoulli(3)).localSteps(40), 21, 5, 1.0, 0.3);
    assertTrue(flips > 50, "this test needs many flips, there were " + flips);
  }

  @Test
  void moreSamplesThanAWordHasBits() {
    follows(TrainingPlan.builder(130, bernoulli(4)).localSteps(7), 131, 9, 1.0, 0.05);
  }

  @Test
  void oneSampleAndOneNeuron() {
    follows(TrainingPlan.builder(1, new MaskLaw.Full(1)).localSteps(5), 1, 2, 1.0, 0.3);
  }

  @Test
  void subnetsThatHoldNothing() {
    follows(TrainingPlan.builder(3, new MaskLaw.Bernoulli(4, 0.1)).localSteps(5), 9, 4, 1.0, 0.2);
  }

  @Test
  void tinyInitialWeightsAreSteppedInTheEnd() {
    // Each step moves all pre-activations by far more than their distance from zero, so the
    // subnets give up, after some of them have been trained.
    long flips = follows(TrainingPlan.builder(1500, bernoulli(2)).localSteps(6), 40, 5, 1e-3, 0.2);
    assertTrue(flips > 10_000, "this test needs very many flips, there were " + flips);
  }

  @Test
  void oneStepOfTinyWeightsIsWatchedSampleBySample() {
    // Nearly every pre-activation can change in the only step, more than there is room to list.
    follows(TrainingPlan.builder(1500, bernoulli(2)).localSteps(1), 40, 5, 1e-3, 0.2);
  }

  @Test
  void moreSubnetsThanAMemberHasBits() {
    follows(TrainingPlan.builder(70, bernoulli(40)).localSteps(4), 17, 4, 1.0, 0.3);
  }

  @Test
  void watchingChangesNothing() {
    TrainingData data = Problems.gaussian(30, 5, 1, 8);
    for (double scale : new double[] {1.0, 1e-3}) {
      TrainingPlan plan =
          TrainingPlan.builder(700, bernoulli(2))
              .localSteps(5)
              .precision(Precision.FLOAT32)
              .seed(5)
              .build();
      Network initial = plan.initialization().draw(scale, plan.width(), 5, 1, plan.seed());
      EngineSetup setup = new EngineSetup(plan, new StepSizes(0.2, 0.2, "test"), initial, data);
      try (TrainingEngine watched = GramEngine.open(setup);
          TrainingEngine unwatched = GramEngine.open(setup)) {
        for (int k = 0; k < ROUNDS; k++) {
          MaskSet masks = plan.masks().draw(plan.seed(), k, plan.width());
          watched.round(new RoundTask(k, masks, true, true));
          unwatched.round(new RoundTask(k, masks, false, false));
        }
        assertArrayEquals(
            unwatched.network().hiddenWeights(), watched.network().hiddenWeights(), "" + scale);
      }
    }
  }

  /** Which rounds are counted, and which are stepped, is decided in the rounds before. */
  @Test
  void aRunGoesOnFromAnyRoundAsIfItHadNotBeenSaved() throws IOException {
    TrainingData data = Problems.gaussian(20, 5, 1, 8);
    for (Precision precision : Precision.values()) {
      for (double scale : new double[] {1.0, 0.1}) {
        for (double eta : new double[] {0.1, 0.4, 1.0}) {
          // Rounds are given up and counted again in turns.
          TrainingPlan plan =
              TrainingPlan.builder(64, bernoulli(2))
                  .localSteps(3)
                  .precision(precision)
                  .seed(5)
                  .build();
          Network initial = plan.initialization().draw(scale, plan.width(), 5, 1, plan.seed());
          goesOn(new EngineSetup(plan, new StepSizes(eta, eta, "test"), initial, data), 14);
        }
      }
    }
  }

  private static void goesOn(EngineSetup setup, int rounds) throws IOException {
    TrainingPlan plan = setup.plan();
    List<SavedState> states = new ArrayList<>();
    List<RoundReport> reports = new ArrayList<>();
    try (TrainingEngine whole = GramEngine.open(setup)) {
      for (int k = 0; k < rounds; k++) {
        states.add(SavedState.of(whole));
        reports.add(whole.round(task(plan, k)));
      }
      for (int from = 0; from < rounds; from++) {
        try (TrainingEngine parted = GramEngine.open(setup)) {
          parted.exchange(states.get(from));
          for (int k = from; k < rounds; k++) {
            RoundReport report = parted.round(task(plan, k));
            String when = "round %d, restored before round %d".formatted(k, from);
            assertArrayEquals(reports.get(k).stepErrors(), report.stepErrors(), when);
            assertEquals(reports.get(k).whole(), report.whole(), when);
          }
          assertArrayEquals(whole.network().hiddenWeights(), parted.network().hiddenWeights());
        }
      }
    }
  }

  private static RoundTask task(TrainingPlan plan, int k) {
    return new RoundTask(k, plan.masks().draw(plan.seed(), k, plan.width()), false, true);
  }

  private static MaskLaw bernoulli(int subnets) {
    return new MaskLaw.Bernoulli(subnets, 0.6);
  }

  /** Compares with the reference engine in float64, and returns the flips in the end. */
  private static long follows(
      TrainingPlanBuilder builder, int samples, int features, double scale, double stepSize) {
    TrainingData data = Problems.gaussian(samples, features, 1, 8);
    TrainingPlan plan = builder.precision(Precision.FLOAT64).seed(5).threads(2).build();
    Network initial = plan.initialization().draw(scale, plan.width(), features, 1, plan.seed());
    EngineSetup setup =
        new EngineSetup(plan, new StepSizes(stepSize, stepSize, "test"), initial, data);
    long flips = 0;
    try (TrainingEngine reference = new ReferenceEngine(setup);
        TrainingEngine engine = GramEngine.open(setup)) {
      assertTrue(engine.description().contains("counting"), engine.description());
      for (int k = 0; k < ROUNDS; k++) {
        MaskSet masks = plan.masks().draw(plan.seed(), k, plan.width());
        RoundTask task = new RoundTask(k, masks, k % 2 == 0, true);
        RoundReport expected = reference.round(task);
        RoundReport actual = engine.round(task);
        for (int i = 0; i < expected.stepErrors().length; i++) {
          assertEquals(
              expected.stepErrors()[i],
              actual.stepErrors()[i],
              1e-9 * expected.stepErrors()[i] + 1e-12,
              "round " + k + ", step error " + i);
        }
        for (int i = 0; i < expected.subnetErrors().length; i++) {
          assertEquals(
              expected.subnetErrors()[i],
              actual.subnetErrors()[i],
              1e-9 * expected.subnetErrors()[i] + 1e-12,
              "round " + k + ", subnet error " + i);
        }
        Measurement there = expected.whole().orElseThrow();
        Measurement here = actual.whole().orElseThrow();
        assertEquals(there.error(), here.error(), 1e-9 * there.error() + 1e-12, "round " + k);
        assertEquals(there.displacement(), here.displacement(), 1e-9 * there.displacement());
        assertEquals(there.flips(), here.flips(), "flips, round " + k);
        assertEquals(there.dead(), here.dead());
        flips = here.flips();
      }
    }
    return flips;
  }
}
