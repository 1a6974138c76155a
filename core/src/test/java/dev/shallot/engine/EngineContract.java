package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.MaskScaling;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every engine promises, whatever is inside. An engine's test extends this class and says how
 * to open it and how exact it is.
 *
 * <p>Long because it is the one list of what engines promise, and an engine inherits it whole.
 */
abstract class EngineContract extends StepsContract {

  @TestFactory
  List<DynamicTest> followsTheReferenceOverFiftyRounds() {
    List<DynamicTest> tests = new ArrayList<>();
    List<MaskLaw> laws =
        List.of(
            new MaskLaw.Full(1),
            new MaskLaw.Bernoulli(3, 0.4),
            new MaskLaw.Categorical(4),
            new MaskLaw.EqualPartition(3));
    for (MaskLaw law : laws) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        for (int outputs : new int[] {1, 10}) {
          tests.add(follows(law, trained, outputs, OptionalInt.empty(), Aggregation.COVERAGE_MEAN));
        }
      }
    }
    List<MaskLaw> overlapping =
        List.of(
            new MaskLaw.Full(2),
            new MaskLaw.Bernoulli(1, 0.5),
            new MaskLaw.Bernoulli(5, 0.3),
            new MaskLaw.Bernoulli(5, 1.0));
    for (MaskLaw law : overlapping) {
      for (Aggregation aggregation : Aggregation.values()) {
        tests.add(follows(law, TrainedLayers.BOTH, 2, OptionalInt.of(7), aggregation));
        tests.add(follows(law, TrainedLayers.HIDDEN, 1, OptionalInt.empty(), aggregation));
      }
    }
    return tests;
  }

  private DynamicTest follows(
      MaskLaw law, TrainedLayers trained, int outputs, OptionalInt batch, Aggregation aggregation) {
    String name =
        "%s, train %s, c=%d, batch %s, %s".formatted(law, trained, outputs, batch, aggregation);
    return DynamicTest.dynamicTest(
        name,
        () -> {
          TrainingData data = Problems.gaussian(23, 6, outputs, 5);
          TrainingPlanBuilder plan =
              TrainingPlan.builder(66, law)
                  .localSteps(3)
                  .trained(trained)
                  .batch(batch)
                  .aggregation(aggregation)
                  .scaling(outputs == 2 ? MaskScaling.INVERTED : MaskScaling.PAPER)
                  .seed(11);
          compare(plan, data, 50);
        });
  }

  @TestFactory
  List<DynamicTest> followsTheReferenceUnderSmoothActivations() {
    List<DynamicTest> tests = new ArrayList<>();
    if (!knowsSmoothActivations()) {
      return tests;
    }
    for (Activation activation : List.of(Activation.SOFTPLUS, Activation.GELU, Activation.TANH)) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        for (int outputs : new int[] {1, 3}) {
          for (OptionalInt batch : List.of(OptionalInt.empty(), OptionalInt.of(7))) {
            TrainingPlanBuilder plan =
                TrainingPlan.builder(70, new MaskLaw.Bernoulli(3, 0.4))
                    .activation(activation)
                    .localSteps(3)
                    .trained(trained)
                    .batch(batch)
                    .seed(11);
            tests.add(
                DynamicTest.dynamicTest(
                    "%s, train %s, c=%d, batch %s".formatted(activation, trained, outputs, batch),
                    () -> compare(plan, Problems.gaussian(23, 6, outputs, 5), 50)));
          }
        }
      }
    }
    return tests;
  }

  @Test
  void aFullMaskWithOneSubnetAndOneStepIsGradientDescent() {
    TrainingData data = Problems.gaussian(9, 4, 1, 3);
    TrainingPlan plan = configure(TrainingPlan.builder(16, new MaskLaw.Full(1)).seed(3)).build();
    Network initial = Problems.network(plan, data);
    double eta = 0.05;
    double[] w = initial.hiddenWeights().clone();
    for (int k = 0; k < 10; k++) {
      Problems.gradientDescentStep(w, initial, data, eta);
    }
    try (TrainingEngine engine =
        open(new EngineSetup(plan, new StepSizes(eta, eta, ""), initial, data))) {
      for (int k = 0; k < 10; k++) {
        engine.round(new RoundTask(k, plan.masks().draw(3, k, 16), false, false));
      }
      assertArrayEquals(w, engine.network().hiddenWeights(), Math.max(1e-12, tolerance()));
    }
  }

  @Test
  void fullMasksGiveTheSameResultForAnyNumberOfSubnets() {
    TrainingData data = Problems.gaussian(9, 4, 1, 3);
    double[] one = weights(TrainingPlan.builder(16, new MaskLaw.Full(1)).localSteps(2), data, 5);
    double[] two = weights(TrainingPlan.builder(16, new MaskLaw.Full(2)).localSteps(2), data, 5);
    double[] four =
        weights(TrainingPlan.builder(16, new MaskLaw.Bernoulli(4, 1.0)).localSteps(2), data, 5);
    assertArrayEquals(one, two, 0.0);
    assertArrayEquals(one, four, 0.0);
  }

  @Test
  void withDisjointMasksEachRowIsItsOwnersBitForBit() {
    TrainingData data = Problems.gaussian(12, 5, 1, 4);
    TrainingPlan plan =
        configure(TrainingPlan.builder(20, new MaskLaw.Categorical(3)).localSteps(4).seed(9))
            .build();
    Network initial = Problems.network(plan, data);
    StepSizes steps = new StepSizes(0.1, 0.1, "");
    MaskSet masks = plan.masks().draw(9, 0, 20);
    double[] together;
    try (TrainingEngine engine = open(new EngineSetup(plan, steps, initial, data))) {
      engine.round(new RoundTask(0, masks, false, false));
      together = engine.network().hiddenWeights();
    }
    for (int l = 0; l < 3; l++) {
      int[] held = new int[masks.held(l)];
      masks.heldNeurons(l, held);
      // The owner's training alone: the same subnet beside subnets that hold nothing.
      int[][] rows = new int[3][0];
      rows[l] = held;
      try (TrainingEngine engine = open(new EngineSetup(plan, steps, initial, data))) {
        engine.round(new RoundTask(0, MaskSet.of(20, rows), false, false));
        double[] alone = engine.network().hiddenWeights();
        for (int r : held) {
          for (int j = 0; j < 5; j++) {
            assertEquals(alone[r * 5 + j], together[r * 5 + j], "neuron " + r);
          }
        }
      }
    }
  }

  @Test
  void aNeuronThatNoSubnetHeldIsUnchangedBitForBit() {
    TrainingData data = Problems.gaussian(12, 5, 2, 4);
    for (Aggregation aggregation : List.of(Aggregation.COVERAGE_MEAN, Aggregation.SUBNET_MEAN)) {
      TrainingPlan plan =
          configure(
                  TrainingPlan.builder(70, new MaskLaw.Bernoulli(2, 0.3))
                      .localSteps(2)
                      .trained(TrainedLayers.BOTH)
                      .aggregation(aggregation)
                      .seed(2))
              .build();
      Network initial = Problems.network(plan, data);
      try (TrainingEngine engine =
          open(new EngineSetup(plan, new StepSizes(0.05, 0.05, ""), initial, data))) {
        for (int k = 0; k < 5; k++) {
          Network before = engine.network();
          MaskSet masks = plan.masks().draw(2, k, 70);
          assertTrue(masks.uncovered() > 0, "this test needs an uncovered neuron");
          engine.round(new RoundTask(k, masks, false, false));
          Network after = engine.network();
          for (int r = 0; r < 70; r++) {
            boolean same = true;
            for (int j = 0; j < 5; j++) {
              same &= before.hiddenWeights()[r * 5 + j] == after.hiddenWeights()[r * 5 + j];
            }
            for (int o = 0; o < 2; o++) {
              same &= before.outputWeights()[r * 2 + o] == after.outputWeights()[r * 2 + o];
            }
            assertEquals(masks.coverage(r) == 0, same, aggregation + ", neuron " + r);
          }
        }
      }
    }
  }

  @Test
  void layersThatAreNotTrainedKeepTheirBits() {
    TrainingData data = Problems.gaussian(12, 5, 3, 4);
    for (Aggregation aggregation : List.of(Aggregation.COVERAGE_MEAN, Aggregation.SUBNET_MEAN)) {
      for (TrainedLayers trained : List.of(TrainedLayers.HIDDEN, TrainedLayers.OUTPUT)) {
        TrainingPlan plan =
            configure(
                    TrainingPlan.builder(30, new MaskLaw.Bernoulli(7, 0.6))
                        .trained(trained)
                        .aggregation(aggregation))
                .build();
        Network initial = Problems.network(plan, data);
        try (TrainingEngine engine =
            open(new EngineSetup(plan, new StepSizes(0.05, 0.05, ""), initial, data))) {
          Network before = engine.network();
          engine.round(new RoundTask(0, plan.masks().draw(0, 0, 30), false, false));
          Network after = engine.network();
          if (trained == TrainedLayers.HIDDEN) {
            assertArrayEquals(before.outputWeights(), after.outputWeights());
          } else {
            assertArrayEquals(before.hiddenWeights(), after.hiddenWeights());
          }
        }
      }
    }
  }

  @Test
  void zeroUncoveredKillsForEver() {
    TrainingData data = Problems.gaussian(12, 5, 1, 4);
    TrainingPlan plan =
        configure(
                TrainingPlan.builder(40, new MaskLaw.Bernoulli(1, 0.5))
                    .aggregation(Aggregation.ZERO_UNCOVERED)
                    .seed(6))
            .build();
    Network initial = Problems.network(plan, data);
    try (TrainingEngine engine =
        open(new EngineSetup(plan, new StepSizes(0.05, 0.05, ""), initial, data))) {
      boolean[] dead = new boolean[40];
      for (int k = 0; k < 4; k++) {
        MaskSet masks = plan.masks().draw(6, k, 40);
        RoundReport report = engine.round(new RoundTask(k, masks, false, true));
        int deadNow = 0;
        double[] w = engine.network().hiddenWeights();
        for (int r = 0; r < 40; r++) {
          dead[r] |= masks.coverage(r) == 0;
          if (dead[r]) {
            deadNow++;
            for (int j = 0; j < 5; j++) {
              assertEquals(0.0, w[r * 5 + j]);
            }
          }
        }
        assertTrue(report.whole().orElseThrow().dead() >= deadNow);
      }
    }
  }

  @Test
  void permutingTheNeuronsPermutesTheResult() {
    TrainingData data = Problems.gaussian(12, 5, 1, 4);
    TrainingPlan plan =
        configure(TrainingPlan.builder(24, new MaskLaw.Bernoulli(2, 0.5)).localSteps(3)).build();
    Network initial = Problems.network(plan, data);
    double[] w = new double[24 * 5];
    double[] a = new double[24];
    int[][] rows = {{0, 3, 5, 8, 13, 21}, {1, 3, 5, 20}};
    int[][] reversed = new int[2][];
    for (int r = 0; r < 24; r++) {
      System.arraycopy(initial.hiddenWeights(), (23 - r) * 5, w, r * 5, 5);
      a[r] = initial.outputWeights()[23 - r];
    }
    for (int l = 0; l < 2; l++) {
      reversed[l] = new int[rows[l].length];
      for (int i = 0; i < rows[l].length; i++) {
        reversed[l][i] = 23 - rows[l][i];
      }
    }
    StepSizes steps = new StepSizes(0.1, 0.1, "");
    try (TrainingEngine engine = open(new EngineSetup(plan, steps, initial, data));
        TrainingEngine mirror =
            open(
                new EngineSetup(plan, steps, new Network(24, 5, 1, w, a, initial.scale()), data))) {
      engine.round(new RoundTask(0, MaskSet.of(24, rows), false, false));
      mirror.round(new RoundTask(0, MaskSet.of(24, reversed), false, false));
      double[] straight = engine.network().hiddenWeights();
      double[] mirrored = mirror.network().hiddenWeights();
      for (int r = 0; r < 24; r++) {
        for (int j = 0; j < 5; j++) {
          assertEquals(
              straight[r * 5 + j], mirrored[(23 - r) * 5 + j], Math.max(1e-13, tolerance()));
        }
      }
    }
  }

  @Test
  void aSubnetThatHoldsNothingAnswersZeroAndMovesNothing() {
    TrainingData data = Problems.gaussian(12, 5, 1, 4);
    TrainingPlan plan =
        configure(TrainingPlan.builder(8, new MaskLaw.Full(1)).localSteps(2)).build();
    Network initial = Problems.network(plan, data);
    try (TrainingEngine engine =
        open(new EngineSetup(plan, new StepSizes(0.1, 0.1, ""), initial, data))) {
      double[] before = engine.network().hiddenWeights();
      RoundReport report =
          engine.round(new RoundTask(0, MaskSet.of(8, new int[][] {{}}), true, true));
      assertArrayEquals(before, engine.network().hiddenWeights());
      for (double error : report.subnetErrors()) {
        assertEquals(data.targetNorm(), error, 1e-5 * data.targetNorm());
      }
    }
  }

  @Test
  void observingChangesNothing() {
    TrainingData data = Problems.gaussian(20, 5, 2, 4);
    for (OptionalInt batch : List.of(OptionalInt.empty(), OptionalInt.of(6))) {
      TrainingPlan plan =
          configure(
                  TrainingPlan.builder(40, new MaskLaw.Bernoulli(3, 0.5))
                      .localSteps(2)
                      .batch(batch))
              .build();
      Network initial = Problems.network(plan, data);
      StepSizes steps = new StepSizes(0.05, 0.05, "");
      try (TrainingEngine seen = open(new EngineSetup(plan, steps, initial, data));
          TrainingEngine unseen = open(new EngineSetup(plan, steps, initial, data))) {
        for (int k = 0; k < 6; k++) {
          MaskSet masks = plan.masks().draw(0, k, 40);
          RoundReport a = seen.round(new RoundTask(k, masks, true, true));
          RoundReport b = unseen.round(new RoundTask(k, masks, false, false));
          assertArrayEquals(a.stepErrors(), b.stepErrors());
          assertEquals(0, b.subnetErrors().length);
          assertTrue(b.whole().isEmpty());
        }
        assertArrayEquals(seen.network().hiddenWeights(), unseen.network().hiddenWeights());
      }
    }
  }

  @TestFactory
  List<DynamicTest> aRunThatIsSavedAndRestoredGoesOnToTheSameBits() {
    List<DynamicTest> tests = new ArrayList<>();
    for (OptionalInt batch : List.of(OptionalInt.empty(), OptionalInt.of(7))) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        for (int outputs : new int[] {1, 3}) {
          // Also a step that is too large for rounds to be counted.
          double large = trained == TrainedLayers.HIDDEN ? 2.0 : 0.1;
          for (double eta : new double[] {0.02, large}) {
            for (Aggregation aggregation : Aggregation.values()) {
              TrainingPlanBuilder plan =
                  TrainingPlan.builder(70, new MaskLaw.Bernoulli(3, 0.4))
                      .localSteps(3)
                      .trained(trained)
                      .batch(batch)
                      .aggregation(aggregation)
                      .seed(4);
              tests.add(
                  DynamicTest.dynamicTest(
                      "batch %s, train %s, c=%d, eta=%s, %s"
                          .formatted(batch, trained, outputs, eta, aggregation),
                      () -> goesOn(plan, Problems.gaussian(23, 6, outputs, 5), eta)));
            }
          }
        }
      }
    }
    return tests;
  }

  private double[] weights(TrainingPlanBuilder builder, TrainingData data, int rounds) {
    TrainingPlan plan = configure(builder).build();
    Network initial = Problems.network(plan, data);
    try (TrainingEngine engine =
        open(new EngineSetup(plan, new StepSizes(0.05, 0.05, ""), initial, data))) {
      for (int k = 0; k < rounds; k++) {
        engine.round(
            new RoundTask(k, plan.masks().draw(plan.seed(), k, plan.width()), false, false));
      }
      return engine.network().hiddenWeights();
    }
  }
}
