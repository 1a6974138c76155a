package dev.shallot.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** COND as a statement: what it asks for, one violation at a time. */
class BothLayersTest {
  private static final int SAMPLES = 20;
  private static final double STEP = 1e-4;

  private static TrainingPlanBuilder plan(int width, MaskLaw masks) {
    return TrainingPlan.builder(width, masks)
        .initialization(Initialization.LECUN, 1.0)
        .trained(TrainedLayers.BOTH)
        .rounds(100)
        .stepSize(STEP);
  }

  /** x ~ N(0, I), y = +-1: theory.md 6.2. */
  private static Setting setting(TrainingPlan plan) {
    CounterRandom numbers = new CounterRandom(5, RandomStream.SYNTHETIC_FEATURES);
    CounterRandom signs = new CounterRandom(5, RandomStream.SYNTHETIC_LABELS);
    double[] x = new double[SAMPLES * SAMPLES];
    double[] y = new double[SAMPLES];
    java.util.Arrays.setAll(x, numbers::gaussian);
    java.util.Arrays.setAll(y, signs::sign);
    TrainingData data = new TrainingData(SAMPLES, SAMPLES, 1, x, y);
    Network network =
        Initialization.LECUN
            .draw(1.0, plan.width(), SAMPLES, 1, 3)
            .withActivation(plan.activation());
    return Settings.of(data, plan, 1.0)
        .with(
            InitialLayers.of(
                data, plan, true, network, new StepSizes(STEP, STEP, "given"), Team.ALONE));
  }

  private static List<String> violated(TrainingPlan plan) {
    return new BothLayers()
        .judge(setting(plan), Optional.empty()).assumptions().stream()
            .filter(a -> a.verdict() == Verdict.VIOLATED)
            .map(Assumption::id)
            .toList();
  }

  private static final MaskLaw WHOLE = new MaskLaw.Full(1);

  @Test
  void eachAssumptionIsBrokenByItself() {
    assertEquals(List.of(), violated(plan(20_000, WHOLE).build()));
    assertEquals(List.of("COND"), violated(plan(2_000, WHOLE).build()));
    assertEquals(
        List.of("NO-MASKS"), violated(plan(20_000, new MaskLaw.Bernoulli(1, 0.9)).build()));
    assertEquals(
        List.of("FULL-BATCH"),
        violated(plan(20_000, WHOLE).batch(java.util.OptionalInt.of(5)).build()));
    assertEquals(List.of("FULL-RANK", "COND"), violated(plan(19, WHOLE).build()));
  }

  @Test
  void oneLayerIsNoMatterOfIt() {
    Setting hidden = Settings.of(3, 3, 50, WHOLE, 1, 5, 1.0, .1, .1);
    assertFalse(new BothLayers().judge(hidden, Optional.empty()).relevant());
  }

  /** ||r_K||^2 <= exp(-eta_v s0^2 K / 2) ||r_0||^2, from the condition's own numbers. */
  @Test
  void theErrorThatItPromises() {
    Setting s = setting(plan(20_000, WHOLE).build());
    Judgement judgement = new BothLayers().judge(s, Optional.empty());
    BoundReport error = judgement.report("COND-ERROR");
    double s0 = judgement.number("s0");
    double r0 = judgement.number("||r_0||");
    assertEquals(r0 * r0 * Math.exp(-STEP * s0 * s0 * 100 / 2), error.predicted(), 1e-9 * r0 * r0);
    assertEquals(Verdict.UNKNOWN, error.holds(), "nothing was trained");
    RunEvidence slower =
        new RunEvidence(
            1,
            new double[] {20, 20 * Math.exp(-STEP * s0 * s0 / 2) + 1e-6},
            new double[2],
            new double[0],
            Optional.empty(),
            Optional.empty());
    assertEquals(
        Verdict.VIOLATED,
        new BothLayers().judge(s, Optional.of(slower)).report("COND-ERROR").holds());
  }

  /** A smooth activation is judged, and ReLU's theorems say that it is not theirs. */
  @Test
  void smoothNetworksAreNotWhatTheTheoremsAreAbout() {
    Setting s = setting(plan(500, WHOLE).activation(Activation.TANH).build());
    for (Statement statement : List.of(new Theorem3(), new LazyLimit())) {
      Judgement judgement = statement.judge(s, Optional.empty());
      assertEquals(Verdict.VIOLATED, judgement.assumption("RELU").verdict(), statement.id());
    }
    assertEquals(List.of(), new LazyLimit().judge(s, Optional.empty()).reports());
  }
}
