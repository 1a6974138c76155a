package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.dense.Forward;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.StepSizeRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Steps on each loss, with sample weights, against finite differences of it by the outputs alone.
 */
class LossGradientTest {
  private static final int M = 12;
  private static final int D = 4;
  private static final int C = 3;

  private static TrainingPlan plan(Loss loss, EngineKind engine) {
    // A smooth activation: finite differences must not cross a kink.
    return TrainingPlan.builder(M, new MaskLaw.Full(1))
        .activation(Activation.TANH)
        .initialization(Initialization.LECUN, 1.3)
        .trained(TrainedLayers.BOTH)
        .loss(loss)
        .engine(engine)
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void aStepGoesDownTheGradientOfTheTrainingLoss(Loss loss) {
    TrainingData data = Problems.weighted(Problems.classes(9, D, C, 3), 2);
    for (EngineKind engine : List.of(EngineKind.REFERENCE, EngineKind.DENSE)) {
      TrainingPlan plan = plan(loss, engine);
      Network start = Problems.network(plan, data);
      StepSizes steps = new StepSizes(0.01, 0.02, "");
      try (TrainingEngine opened = Engines.open(new EngineSetup(plan, steps, start, data))) {
        assertEquals(loss(loss, start, data), opened.measure().error(), 1e-12);
        opened.round(new RoundTask(0, plan.masks().draw(0, 0, M), false, false));
        Network next = opened.network();
        for (int i = 0; i < M * D; i++) {
          double moved = (next.hiddenWeights()[i] - start.hiddenWeights()[i]) / -0.01;
          assertEquals(slope(loss, start, data, i, true), moved, 1e-7, engine + " W " + i);
        }
        for (int i = 0; i < M * C; i++) {
          double moved = (next.outputWeights()[i] - start.outputWeights()[i]) / -0.02;
          assertEquals(slope(loss, start, data, i, false), moved, 1e-7, engine + " a " + i);
        }
      }
    }
  }

  /**
   * The training loss: half the squared error, or the cross-entropy. Written out here once more.
   */
  private static double loss(Loss loss, Network network, TrainingData data) {
    double[] f = Forward.outputs(network, data.x(), data.samples(), 1);
    double sum = 0.0;
    for (int i = 0; i < data.samples(); i++) {
      double mass = 0.0;
      double cost = 0.0;
      for (int o = 0; o < C; o++) {
        mass += Math.exp(f[i * C + o]);
      }
      for (int o = 0; o < C; o++) {
        double y = data.y()[i * C + o];
        cost +=
            loss == Loss.SQUARED
                ? (f[i * C + o] - y) * (f[i * C + o] - y)
                : -y * Math.log(Math.exp(f[i * C + o]) / mass);
      }
      sum += data.weight(i) * cost;
    }
    return sum;
  }

  private static double slope(
      Loss loss, Network network, TrainingData data, int index, boolean hidden) {
    double h = 1e-5;
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] w = network.hiddenWeights().clone();
      double[] a = network.outputWeights().clone();
      (hidden ? w : a)[index] += side == 0 ? h : -h;
      Network moved = new Network(M, D, C, w, a, network.scale(), network.activation());
      losses[side] = (loss == Loss.SQUARED ? 0.5 : 1.0) * loss(loss, moved, data);
    }
    return (losses[0] - losses[1]) / (2 * h);
  }

  @Test
  void crossEntropyTakesTwiceTheStepAndWeightsStandBesideSamples() {
    TrainingData data = Problems.classes(9, D, C, 3);
    TrainingPlan squared = plan(Loss.SQUARED, EngineKind.DENSE);
    Network start = Problems.network(squared, data);
    double eta = StepSizeRule.resolve(squared, start, data).hidden();
    assertEquals(
        2 * eta,
        StepSizeRule.resolve(plan(Loss.CROSS_ENTROPY, EngineKind.DENSE), start, data).hidden(),
        1e-15);
    // Everybody three times is a third of the step; the same rows three times are, too.
    double[] three = new double[9];
    java.util.Arrays.fill(three, 3.0);
    TrainingData thrice = new TrainingData(9, D, C, data.x(), data.y(), three);
    assertEquals(eta / 3, StepSizeRule.resolve(squared, start, thrice).hidden(), 1e-3 * eta);
    // One sample alone: what it counts is all that there is, lambda_max = its kernel's.
    double[] alone = new double[9];
    alone[4] = 1.0;
    TrainingData one = new TrainingData(9, D, C, data.x(), data.y(), alone);
    TrainingData row =
        new TrainingData(
            1, D, C, java.util.Arrays.copyOfRange(data.x(), 4 * D, 5 * D), new double[C]);
    double expected = StepSizeRule.resolve(squared, start, row).hidden();
    assertEquals(expected, StepSizeRule.resolve(squared, start, one).hidden(), 1e-3 * expected);
  }
}
