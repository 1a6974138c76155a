package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * The dense engine's bytes depend neither on threads nor on vectors. Run once for each vector
 * width.
 */
class SameBytesTest {
  @Test
  void anyNumberOfThreadsGivesTheSameBytes() {
    TrainingData data = Problems.gaussian(40, 9, 2, 4);
    for (MaskLaw law : List.of(new MaskLaw.Bernoulli(5, 0.5), new MaskLaw.Full(1))) {
      for (OptionalInt batch : List.of(OptionalInt.empty(), OptionalInt.of(16))) {
        TrainingPlanBuilder plan =
            TrainingPlan.builder(300, law)
                .localSteps(3)
                .batch(batch)
                .trained(TrainedLayers.BOTH)
                .seed(-8);
        Network one = train(plan.threads(1).build(), data, Simd.float64());
        for (int threads : new int[] {2, 7}) {
          Network many = train(plan.threads(threads).build(), data, Simd.float64());
          assertArrayEquals(one.hiddenWeights(), many.hiddenWeights(), threads + " threads");
          assertArrayEquals(one.outputWeights(), many.outputWeights(), threads + " threads");
        }
      }
    }
  }

  @Test
  void vectorsAndScalarCodeGiveTheSameBytes() {
    TrainingData data = Problems.gaussian(41, 9, 2, 4);
    TrainingPlan plan =
        TrainingPlan.builder(300, new MaskLaw.Bernoulli(3, 0.5))
            .localSteps(3)
            .trained(TrainedLayers.BOTH)
            .build();
    Network vector = train(plan, data, Simd.float64());
    Network scalar = train(plan, data, Simd.scalarFloat64());
    assertArrayEquals(scalar.hiddenWeights(), vector.hiddenWeights());
    assertArrayEquals(scalar.outputWeights(), vector.outputWeights());
  }

  @Test
  void crossEntropyMomentumAndWeightsToo() {
    TrainingData data = Problems.weighted(Problems.classes(41, 9, 3, 4), 3);
    for (OptionalInt batch : List.of(OptionalInt.empty(), OptionalInt.of(16))) {
      TrainingPlanBuilder plan =
          TrainingPlan.builder(300, new MaskLaw.Bernoulli(5, 0.5))
              .localSteps(3)
              .batch(batch)
              .loss(Loss.CROSS_ENTROPY)
              .momentum(0.9)
              .schedule(new StepSchedule(new StepSchedule.Cosine(0), 2))
              .rounds(8)
              .trained(TrainedLayers.BOTH)
              .seed(-8);
      Network one = train(plan.threads(1).build(), data, Simd.float64());
      Network many = train(plan.threads(3).build(), data, Simd.float64());
      Network scalar = train(plan.threads(2).build(), data, Simd.scalarFloat64());
      assertArrayEquals(one.hiddenWeights(), many.hiddenWeights());
      assertArrayEquals(one.outputWeights(), many.outputWeights());
      assertArrayEquals(scalar.hiddenWeights(), one.hiddenWeights());
      assertArrayEquals(scalar.outputWeights(), one.outputWeights());
    }
  }

  @Test
  void theGramEngineToo() {
    TrainingData data = Problems.gaussian(30, 40, 1, 4);
    for (Precision precision : Precision.values()) {
      TrainingPlanBuilder plan =
          TrainingPlan.builder(300, new MaskLaw.Bernoulli(5, 0.5))
              .localSteps(3)
              .precision(precision)
              .seed(4);
      Network one = trainInSampleSpace(plan.threads(1).build(), data);
      for (int threads : new int[] {2, 7}) {
        Network many = trainInSampleSpace(plan.threads(threads).build(), data);
        assertArrayEquals(one.hiddenWeights(), many.hiddenWeights(), threads + " threads");
      }
    }
  }

  @Test
  void theGramEngineStepByStepToo() {
    TrainingData data = Problems.gaussian(30, 40, 1, 4);
    TrainingPlanBuilder plan =
        TrainingPlan.builder(300, new MaskLaw.Bernoulli(5, 0.5))
            .localSteps(3)
            .precision(Precision.FLOAT32)
            .seed(4);
    Network one = trainInSampleSpace(plan.threads(1).build(), data, false);
    Network two = trainInSampleSpace(plan.threads(2).build(), data, false);
    assertArrayEquals(one.hiddenWeights(), two.hiddenWeights());
  }

  private static Network trainInSampleSpace(TrainingPlan plan, TrainingData data) {
    return trainInSampleSpace(plan, data, true);
  }

  private static Network trainInSampleSpace(
      TrainingPlan plan, TrainingData data, boolean mayCount) {
    Network initial = Problems.network(plan, data);
    EngineSetup setup = new EngineSetup(plan, new StepSizes(0.01, 0.01, ""), initial, data);
    try (TrainingEngine engine = mayCount ? GramEngine.open(setup) : GramEngine.stepByStep(setup)) {
      for (int k = 0; k < 8; k++) {
        engine.round(new RoundTask(k, plan.masks().draw(plan.seed(), k, plan.width()), true, true));
      }
      return engine.network();
    }
  }

  private static Network train(TrainingPlan plan, TrainingData data, Kernels<double[]> kernels) {
    Network initial = Problems.network(plan, data);
    EngineSetup setup = new EngineSetup(plan, new StepSizes(0.01, 0.01, ""), initial, data);
    try (TrainingEngine engine = DenseEngine.open(setup, kernels)) {
      for (int k = 0; k < 8; k++) {
        engine.round(new RoundTask(k, plan.masks().draw(plan.seed(), k, plan.width()), true, true));
      }
      return engine.network();
    }
  }
}
