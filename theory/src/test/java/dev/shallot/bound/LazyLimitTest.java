package dev.shallot.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.Team;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.kernel.Samples;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P-LAZY against training itself, and its parts against goldens. */
class LazyLimitTest {

  /** K1 of theory.md 6.3, computed in NumPy there. */
  @Test
  void theKernelOfActivations() {
    double[] k1 = new double[9];
    ReluKernel.form(new Samples(new double[] {1, 0, 0, 1, .6, .8}, 3, 2), k1);
    double[] golden = {
      .5, .15915494309189535, .3387737838832563,
      .15915494309189535, .5, .41355985997548383,
      .3387737838832563, .41355985997548383, .5
    };
    for (int i = 0; i < 9; i++) {
      assertEquals(golden[i], k1[i], 1e-14);
    }
  }

  @Test
  void theExpectedStartAddsUpToLemma21() {
    Setting s =
        Settings.of(
            Settings.sphere(8, 4, 3),
            TrainingPlan.builder(100, new MaskLaw.Bernoulli(2, .5)).stepSize(.1).build(),
            .5);
    double sum = 0.0;
    for (double part : LazyLimit.expectedStart(s)) {
      sum += part;
    }
    assertEquals(s.expectedInitialError(), sum, 1e-12);
  }

  /** One round at growing widths: the deviation from (I - eta H-inf)^tau falls like 1/sqrt(m). */
  @Test
  void oneOwnerANeuronFollowsThePowerOfTheKernel() {
    TrainingData data = Settings.sphere(6, 5, 2);
    for (MaskLaw law : List.of(new MaskLaw.Categorical(4), new MaskLaw.EqualPartition(4))) {
      for (int m : new int[] {1000, 10_000}) {
        TrainingPlan plan = TrainingPlan.builder(m, law).localSteps(5).stepSize(.5).build();
        Setting s = Settings.of(data, plan, 1.0);
        Network network = Initialization.NTK.draw(1.0, m, 5, 1, 7);
        try (TrainingEngine engine =
            new ReferenceEngine(
                new EngineSetup(plan, new StepSizes(.5, .5, "given"), network, data))) {
          double[] start = residual(network, data, law.keepProbability());
          engine.round(new RoundTask(0, law.draw(7, 0, m), false, false));
          double[] end = residual(engine.network(), data, law.keepProbability());
          double deviation = Math.sqrt(distance(predict(s, start), end) / distance(start, end));
          assertTrue(
              deviation * Math.sqrt(m) <= 1.0, law + ", m = " + m + ": deviation " + deviation);
        }
      }
    }
  }

  /** (I - eta H-inf)^tau r through the modes. */
  private static double[] predict(Setting s, double[] residual) {
    Modes modes = s.data().modes().orElseThrow();
    int n = residual.length;
    double[] out = new double[n];
    for (int k = 0; k < n; k++) {
      double along = 0.0;
      for (int i = 0; i < n; i++) {
        along += modes.vectors()[k * n + i] * residual[i];
      }
      double left =
          along * Math.pow(1 - s.stepSize() * s.kernelFactor() * modes.eigenvalues()[k], s.tau());
      for (int i = 0; i < n; i++) {
        out[i] += modes.vectors()[k * n + i] * left;
      }
    }
    return out;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0.0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double[] residual(Network network, TrainingData data, double xi) {
    double[] outputs =
        dev.shallot.engine.dense.Forward.outputs(network, data.x(), data.samples(), 1);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = xi * outputs[i] - data.y()[i];
    }
    return outputs;
  }

  /**
   * The floor that independent masks leave, and the curve to it. A NumPy script of its own, with
   * the same formula, gave 0.126 (4 seeds, m = 8000, n = 20) where the limit is 0.132. Width 4000
   * and six seeds leave a tenth or so of noise; a wrong factor in the floor would be 2 or more.
   */
  @Test
  void bernoulliMasksLeaveThePredictedFloor() {
    TrainingData data = Settings.sphere(12, 8, 5);
    for (MaskLaw law : List.of(new MaskLaw.Bernoulli(4, .5), new MaskLaw.Bernoulli(1, .8))) {
      int rounds = 120;
      TrainingPlan plan =
          TrainingPlan.builder(4000, law).localSteps(3).rounds(rounds).stepSize(.5).build();
      Setting s = Settings.of(data, plan, 1.0);
      double[] curve = LazyLimit.curve(s, LazyLimit.expectedStart(s), rounds);
      assertEquals(
          LazyLimit.floor(s, LazyLimit.expectedStart(s)),
          curve[rounds],
          0.02 * curve[rounds],
          law + ": it is there");
      double measured = 0.0;
      int seeds = 6;
      for (int seed = 0; seed < seeds; seed++) {
        measured += late(plan, data, seed) / seeds;
      }
      assertEquals(
          1.0,
          measured / LazyLimit.floor(s, LazyLimit.expectedStart(s)),
          0.3,
          law + ": measured " + measured);
    }
  }

  /** Mean error of the second half of the rounds. */
  private static double late(TrainingPlan plan, TrainingData data, long seed) {
    TrainingPlan seeded =
        TrainingPlan.builder(plan.width(), plan.masks())
            .localSteps(plan.localSteps())
            .rounds(plan.rounds())
            .stepSize(plan.stepSize())
            .seed(seed)
            .observation(
                new dev.shallot.plan.Observation(dev.shallot.plan.Observation.Detail.ROUNDS, 1))
            .build();
    double[] sum = new double[1];
    MaskedTraining.run(
        seeded,
        data,
        List.of(
            new TrainingListener() {
              @Override
              public void event(TrainingEvent event) {
                if (event instanceof TrainingEvent.Aggregated a && a.round() >= plan.rounds() / 2) {
                  sum[0] += a.whole().error();
                }
              }
            }));
    return sum[0] / (plan.rounds() - plan.rounds() / 2);
  }

  @Test
  void categoricalMasksLeaveNone() {
    Setting s =
        Settings.of(
            Settings.sphere(8, 4, 3),
            TrainingPlan.builder(100, new MaskLaw.Categorical(2)).stepSize(.1).build(),
            .5);
    assertEquals(0.0, LazyLimit.floor(s, LazyLimit.expectedStart(s)));
    Setting full =
        Settings.of(
            Settings.sphere(8, 4, 3),
            TrainingPlan.builder(100, new MaskLaw.Full(1)).stepSize(.1).build(),
            .5);
    assertEquals(0.0, LazyLimit.floor(full, LazyLimit.expectedStart(full)));
    assertEquals(8, DataProfile.of(Settings.sphere(8, 4, 3), Team.ALONE).samples());
  }

  @Test
  void whatCannotShrinkStaysAndWhatGrowsIsInfinite() {
    // Two equal rows with labels 1 and 0.5: half the squared difference, 0.125, can never go away.
    double[] x = {1, 0, 1, 0, 0, 1, Math.sqrt(0.5), Math.sqrt(0.5)};
    TrainingData data = new TrainingData(4, 2, 1, x, new double[] {1, 0.5, 0.2, 0.1});
    TrainingPlanBuilder plan = TrainingPlan.builder(100, new MaskLaw.Full(1));
    Setting stuck = Settings.of(data, plan.stepSize(.1).build(), .5);
    assertEquals(0.125, LazyLimit.floor(stuck, LazyLimit.expectedStart(stuck)), 1e-12);
    Setting growing = Settings.of(data, plan.stepSize(50).build(), .5);
    assertEquals(
        Double.POSITIVE_INFINITY, LazyLimit.floor(growing, LazyLimit.expectedStart(growing)));
  }
}
