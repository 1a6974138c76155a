package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.ByteLedger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A velocity belongs to its neuron: it goes where the neuron goes, and waits where it waits. */
class MomentumTest {
  private static final int M = 24;
  private static final StepSizes STEPS = new StepSizes(0.1, 0.05, "");

  private static TrainingPlanBuilder plan(MaskLaw law, EngineKind engine) {
    return TrainingPlan.builder(M, law)
        .trained(TrainedLayers.BOTH)
        .momentum(0.9)
        .rounds(100)
        .engine(engine)
        .seed(5);
  }

  private static Network train(TrainingPlan plan, TrainingData data, int[][]... rounds) {
    Network initial = Problems.network(plan, data);
    try (TrainingEngine engine = Engines.open(new EngineSetup(plan, STEPS, initial, data))) {
      for (int k = 0; k < rounds.length; k++) {
        engine.round(new RoundTask(k, MaskSet.of(M, rounds[k]), false, false));
      }
      return engine.network();
    }
  }

  private static int[][] all(int subnets) {
    int[] everyone = java.util.stream.IntStream.range(0, M).toArray();
    int[][] rows = new int[subnets][];
    java.util.Arrays.fill(rows, everyone);
    return rows;
  }

  private static void same(Network expected, Network actual) {
    assertArrayEquals(expected.hiddenWeights(), actual.hiddenWeights());
    assertArrayEquals(expected.outputWeights(), actual.outputWeights());
  }

  @ParameterizedTest
  @EnumSource(names = {"REFERENCE", "DENSE"})
  void sixRoundsOfOneStepAreOneRoundOfSixToTheBit(EngineKind engine) {
    TrainingData data = Problems.classes(12, 5, 3, 4);
    TrainingPlanBuilder plan = plan(new MaskLaw.Full(1), engine);
    Network once = train(plan.localSteps(6).build(), data, all(1));
    Network often =
        train(plan.localSteps(1).build(), data, all(1), all(1), all(1), all(1), all(1), all(1));
    same(once, often);
    Network plain = train(plan.momentum(0).localSteps(6).build(), data, all(1));
    assertNotEquals(plain.hiddenWeights()[0], once.hiddenWeights()[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFERENCE", "DENSE"})
  void severalSubnetsThatHoldEverythingAreOne(EngineKind engine) {
    TrainingData data = Problems.classes(12, 5, 3, 4);
    Network one = train(plan(new MaskLaw.Full(1), engine).build(), data, all(1), all(1), all(1));
    for (int p : new int[] {2, 4}) {
      var plan = plan(new MaskLaw.Full(p), engine);
      same(one, train(plan.build(), data, all(p), all(p), all(p)));
      same(
          one,
          train(plan.aggregation(Aggregation.SUBNET_MEAN).build(), data, all(p), all(p), all(p)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REFERENCE", "DENSE"})
  void aNeuronThatNoSubnetHoldsKeepsItsVelocity(EngineKind engine) {
    TrainingData data = Problems.classes(12, 5, 3, 4);
    TrainingPlan plan = plan(new MaskLaw.Full(1), engine).localSteps(2).build();
    int[] some = {0, 3, 4, 9, 20};
    int[] others = {1, 2, 5, 21};
    // Subnets see themselves alone: what others do in between is nothing to them.
    Network between =
        train(plan, data, new int[][] {some}, new int[][] {others}, new int[][] {some});
    Network at = train(plan, data, new int[][] {some}, new int[][] {some});
    for (int r : some) {
      for (int j = 0; j < 5; j++) {
        assertEquals(at.hiddenWeights()[r * 5 + j], between.hiddenWeights()[r * 5 + j]);
      }
      for (int o = 0; o < 3; o++) {
        assertEquals(at.outputWeights()[r * 3 + o], between.outputWeights()[r * 3 + o]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REFERENCE", "DENSE"})
  void velocitiesOfOverlappingSubnetsAreAveraged(EngineKind engine) {
    TrainingData data = Problems.classes(12, 5, 3, 4);
    // Neuron 0 is held by both; after the round its velocity is the mean of two, so the next round,
    // alone, moves it by eta (mu mean - gradient). The subnets' own ends tell the mean: with tau =
    // 1
    // from rest each moved by eta v.
    TrainingPlan plan = plan(new MaskLaw.Full(2), engine).build();
    Network start = Problems.network(plan, data);
    int[][] overlapping = {{0, 1, 2}, {0, 5, 6}};
    int[][] alone = {{0}, {}};
    Network first = train(plan, data, overlapping);
    Network second = train(plan, data, overlapping, alone);
    TrainingPlan fresh = plan(new MaskLaw.Full(2), engine).momentum(0).build();
    try (TrainingEngine rest = Engines.open(new EngineSetup(fresh, STEPS, first, data))) {
      rest.round(new RoundTask(0, MaskSet.of(M, alone), false, false));
      for (int j = 0; j < 5; j++) {
        double mean = (first.hiddenWeights()[j] - start.hiddenWeights()[j]) / STEPS.hidden();
        double gradientStep = rest.network().hiddenWeights()[j] - first.hiddenWeights()[j];
        assertEquals(
            first.hiddenWeights()[j] + 0.9 * STEPS.hidden() * mean + gradientStep,
            second.hiddenWeights()[j],
            1e-14);
      }
    }
  }

  @Test
  void aWeightThatCountsTwiceIsTheSampleTwice() {
    TrainingData data = Problems.classes(12, 5, 3, 4);
    double[] weights = new double[12];
    double[] x = java.util.Arrays.copyOf(data.x(), 15 * 5);
    double[] y = java.util.Arrays.copyOf(data.y(), 15 * 3);
    for (int i = 0; i < 12; i++) {
      weights[i] = i < 3 ? 2 : 1;
    }
    System.arraycopy(data.x(), 0, x, 12 * 5, 3 * 5);
    System.arraycopy(data.y(), 0, y, 12 * 3, 3 * 3);
    TrainingData weighted = new TrainingData(12, 5, 3, data.x(), data.y(), weights);
    TrainingData repeated = new TrainingData(15, 5, 3, x, y);
    for (EngineKind engine : new EngineKind[] {EngineKind.REFERENCE, EngineKind.DENSE}) {
      TrainingPlan plan = plan(new MaskLaw.Full(1), engine).localSteps(4).build();
      assertArrayEquals(
          train(plan, repeated, all(1)).hiddenWeights(),
          train(plan, weighted, all(1)).hiddenWeights(),
          1e-13);
    }
  }

  @Test
  void velocitiesTravelWithTheirNeurons() {
    MaskSet masks = MaskSet.of(M, new int[][] {{0, 1}, {1, 2, 3}});
    TrainingPlanBuilder plan = plan(new MaskLaw.Full(2), EngineKind.DENSE);
    assertEquals(2 * 5 * 16 * 8, ByteLedger.roundBytes(masks, plan.build(), 5, 3));
    assertEquals(2 * 5 * 8 * 8, ByteLedger.roundBytes(masks, plan.momentum(0).build(), 5, 3));
  }

  /** Data parallelism sends gradients alone; local SGD averages velocities as subnets do. */
  @Test
  void gradientsTravelWithoutVelocities() {
    TrainingPlanBuilder plan = plan(new MaskLaw.Full(2), EngineKind.DENSE).localSteps(3);
    TrainingPlan heavy = plan.momentum(0.9).build();
    TrainingPlan plain = plan.momentum(0).build();
    assertEquals(2 * 2 * M * 16 * 8, ByteLedger.localSgdBytes(heavy, 5, 3));
    assertEquals(3 * 2 * 2 * M * 8 * 8, ByteLedger.dataParallelBytes(heavy, 5, 3));
    assertEquals(3 * 2 * 2 * M * 8 * 8, ByteLedger.dataParallelBytes(plain, 5, 3));
  }
}
