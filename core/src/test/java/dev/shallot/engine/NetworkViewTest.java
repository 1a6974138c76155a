package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine tells without its weights is what its weights say. */
class NetworkViewTest {
  private static final int WIDTH = 130;
  private static final int SAMPLES = 20;
  private static final int ROUNDS = 6;

  @Test
  void activationsAndDisplacementsAreThoseOfTheWeights() {
    int asked = 0;
    for (EngineKind kind : List.of(EngineKind.REFERENCE, EngineKind.DENSE, EngineKind.GRAM)) {
      for (Precision precision : Precision.values()) {
        for (Aggregation aggregation :
            List.of(Aggregation.COVERAGE_MEAN, Aggregation.ZERO_UNCOVERED)) {
          for (int outputs : new int[] {1, 3}) {
            if (kind != EngineKind.REFERENCE || precision == Precision.FLOAT64) {
              asked += compare(kind, precision, aggregation, outputs);
            }
          }
        }
      }
    }
    assertTrue(asked >= 8, "only " + asked + " engines know anything without their weights");
  }

  private static int compare(
      EngineKind kind, Precision precision, Aggregation aggregation, int outputs) {
    String what = kind + " " + precision + " " + aggregation + " " + outputs;
    TrainingData data = Problems.gaussian(SAMPLES, 7, outputs, 3);
    TrainingPlan plan =
        TrainingPlan.builder(WIDTH, new MaskLaw.Bernoulli(3, 0.4))
            .localSteps(4)
            .engine(kind)
            .precision(precision)
            .aggregation(aggregation)
            .build();
    StepSizes steps = new StepSizes(0.2, 0.2, "");
    Network start = Problems.network(plan, data);
    try (TrainingEngine engine = Engines.open(new EngineSetup(plan, steps, start, data))) {
      for (int k = 0; k < ROUNDS; k++) {
        engine.round(new RoundTask(k, plan.masks().draw(1, k, WIDTH), false, false));
      }
      double tolerance = precision == Precision.FLOAT32 ? 1e-4 : 1e-11;
      Network now = engine.network();
      engine
          .squaredDisplacements()
          .ifPresent(
              squares -> {
                for (int r = 0; r < WIDTH; r++) {
                  assertEquals(square(now, start, r), squares[r], tolerance, what + ", " + r);
                }
              });
      engine
          .activations()
          .ifPresent(bits -> compare(bits, now, data, aggregation, tolerance, what));
      return engine.activations().isPresent() && engine.squaredDisplacements().isPresent() ? 1 : 0;
    }
  }

  private static double square(Network now, Network start, int r) {
    double sum = 0.0;
    for (int j = r * now.features(); j < (r + 1) * now.features(); j++) {
      double moved = now.hiddenWeights()[j] - start.hiddenWeights()[j];
      sum += moved * moved;
    }
    return sum;
  }

  private static void compare(
      long[] bits,
      Network now,
      TrainingData data,
      Aggregation aggregation,
      double tolerance,
      String what) {
    int words = (WIDTH + 63) / 64;
    for (int i = 0; i < SAMPLES; i++) {
      for (int r = 0; r < WIDTH; r++) {
        double z = 0.0;
        double size = 0.0;
        for (int j = 0; j < now.features(); j++) {
          double weight = now.hiddenWeights()[r * now.features() + j];
          z += weight * data.x()[i * now.features() + j];
          size += weight * weight;
        }
        boolean active = (bits[i * words + r / 64] >>> (r % 64) & 1L) != 0;
        if (size == 0.0) {
          assertEquals(aggregation.activeAtZero(), active, what + ", zeroed neuron " + r);
        } else if (Math.abs(z) > tolerance) {
          assertEquals(z > 0, active, what + ", sample " + i + ", neuron " + r + ", z = " + z);
        }
      }
      assertEquals(0L, bits[i * words + words - 1] >>> (WIDTH % 64), what + ": past the end");
    }
  }
}
