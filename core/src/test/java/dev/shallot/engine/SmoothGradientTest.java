package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.engine.dense.Forward;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.EngineKind;
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
 * A step under a smooth activation against finite differences of the loss, by the outputs alone.
 */
class SmoothGradientTest {
  private static final int M = 12;
  private static final int D = 4;
  private static final int C = 2;

  @ParameterizedTest
  @EnumSource
  void aStepGoesDownTheGradientOfHalfTheSquaredError(Activation activation) {
    TrainingData data = Problems.gaussian(7, D, C, 3);
    for (EngineKind engine : List.of(EngineKind.REFERENCE, EngineKind.DENSE)) {
      TrainingPlan plan =
          TrainingPlan.builder(M, new MaskLaw.Full(1))
              .activation(activation)
              .initialization(Initialization.LECUN, 1.3)
              .trained(TrainedLayers.BOTH)
              .engine(engine)
              .build();
      Network start = Problems.network(plan, data);
      double eta = 0.01;
      double etaOut = 0.02;
      try (TrainingEngine opened =
          Engines.open(new EngineSetup(plan, new StepSizes(eta, etaOut, ""), start, data))) {
        MaskSet masks = plan.masks().draw(0, 0, M);
        opened.round(new RoundTask(0, masks, false, false));
        Network next = opened.network();
        assertEquals(activation, next.activation());
        for (int i = 0; i < M * D; i++) {
          double moved = (next.hiddenWeights()[i] - start.hiddenWeights()[i]) / -eta;
          assertEquals(slope(start, data, i, true), moved, 1e-7, engine + " W " + i);
        }
        for (int i = 0; i < M * C; i++) {
          double moved = (next.outputWeights()[i] - start.outputWeights()[i]) / -etaOut;
          assertEquals(slope(start, data, i, false), moved, 1e-7, engine + " a " + i);
        }
      }
    }
  }

  private static double slope(Network network, TrainingData data, int index, boolean hidden) {
    double h = 1e-5;
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] w = network.hiddenWeights().clone();
      double[] a = network.outputWeights().clone();
      (hidden ? w : a)[index] += side == 0 ? h : -h;
      Network moved = new Network(M, D, C, w, a, network.scale(), network.activation());
      double[] f = Forward.outputs(moved, data.x(), data.samples(), 1);
      for (int i = 0; i < f.length; i++) {
        losses[side] += 0.5 * (f[i] - data.y()[i]) * (f[i] - data.y()[i]);
      }
    }
    return (losses[0] - losses[1]) / (2 * h);
  }

  @Test
  void theStepSizeRuleKnowsTheKernelOfASmoothActivation() {
    TrainingData data = Problems.gaussian(9, D, C, 3);
    for (Activation activation : Activation.values()) {
      for (TrainedLayers trained : TrainedLayers.values()) {
        TrainingPlan plan =
            TrainingPlan.builder(M, new MaskLaw.Full(1))
                .activation(activation)
                .trained(trained)
                .build();
        Network start = Problems.network(plan, data);
        double chosen = StepSizeRule.resolve(plan, start, data).hidden();
        assertEquals(
            1.0 / largestEigenvalue(start, data, trained), chosen, 5e-3 * chosen, activation + "");
      }
    }
  }

  /** lambda_max of J J^T with J written out, by power iteration. */
  private static double largestEigenvalue(Network net, TrainingData data, TrainedLayers trained) {
    int rows = data.samples() * C;
    int columns = M * D + M * C;
    double[][] j = new double[rows][columns];
    for (int i = 0; i < data.samples(); i++) {
      for (int r = 0; r < M; r++) {
        double z = 0;
        for (int k = 0; k < D; k++) {
          z += net.hiddenWeights()[r * D + k] * data.x()[i * D + k];
        }
        for (int o = 0; o < C; o++) {
          double[] row = j[i * C + o];
          if (trained.output()) {
            row[M * D + r * C + o] = net.scale() * net.activation().value(z);
          }
          if (trained.hidden()) {
            double s = net.scale() * net.outputWeights()[r * C + o] * net.activation().slope(z);
            for (int k = 0; k < D; k++) {
              row[r * D + k] = s * data.x()[i * D + k];
            }
          }
        }
      }
    }
    double[] v = new double[columns];
    java.util.Arrays.fill(v, 1.0);
    v[1] = -0.4;
    double norm = 0;
    for (int iteration = 0; iteration < 4000; iteration++) {
      double[] next = new double[columns];
      for (double[] row : j) {
        double dot = 0;
        for (int k = 0; k < columns; k++) {
          dot += row[k] * v[k];
        }
        for (int k = 0; k < columns; k++) {
          next[k] += dot * row[k];
        }
      }
      norm = 0;
      for (double x : next) {
        norm += x * x;
      }
      norm = Math.sqrt(norm);
      for (int k = 0; k < columns; k++) {
        v[k] = next[k] / norm;
      }
    }
    return norm;
  }

  @Test
  void theGramEngineRefusesAndAutoTakesDense() {
    var plan = TrainingPlan.builder(M, new MaskLaw.Full(1)).activation(Activation.GELU);
    var refusal = assertThrows(TrainingException.class, () -> plan.engine(EngineKind.GRAM).build());
    assertTrue(String.valueOf(refusal.getMessage()).contains("use engine dense"));
    TrainingData data = Problems.gaussian(7, 300, 1, 3);
    TrainingPlan auto = plan.engine(EngineKind.AUTO).build();
    Network start = Problems.network(auto, data);
    var setup = new EngineSetup(auto, new StepSizes(1, 1, ""), start, data);
    assertEquals(EngineKind.DENSE, EngineChoice.of(setup).kind());
  }
}
