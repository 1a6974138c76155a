package dev.shallot.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Initialization;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.Loss;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.plan.TrainingPlanBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** For each assumption something that satisfies it, and something that breaks exactly it. */
class AssumptionsTest {
  private static final double[] THREE = {1, 0, 0, 1, 0.6, 0.8};

  private static TrainingPlanBuilder plan() {
    return TrainingPlan.builder(100_000_000, new MaskLaw.Bernoulli(2, .5)).rounds(3).stepSize(1e-6);
  }

  /** The assumptions of a statement that do not hold, orders and what needs a run left out. */
  private static List<String> broken(Statement statement, Setting s) {
    return statement.judge(s, Optional.empty()).assumptions().stream()
        .filter(a -> a.standing() != Standing.ORDER && a.standing() != Standing.UNKNOWN)
        .filter(a -> a.verdict() != Verdict.HOLDS)
        .map(Assumption::id)
        .toList();
  }

  private static Setting setting(TrainingData data, TrainingPlan plan) {
    return Settings.of(data, plan, plan.initScale());
  }

  private static Setting usual() {
    return setting(Settings.data(2, THREE, .1, .5, -.25), plan().build());
  }

  @Test
  void ordinaryDataAndAnEnormousNetworkBreakNothing() {
    for (Statement statement :
        List.of(new Theorem1(), new Theorem2(), new Theorem3(), new Theorem5())) {
      assertEquals(List.of(), broken(statement, usual()), statement.id());
    }
  }

  @Test
  void parallelRows() {
    TrainingData opposite = Settings.data(2, new double[] {1, 0, -1, 0, 0, 1}, .1, .5, -.25);
    Setting s = setting(opposite, plan().build());
    assertEquals(List.of("NOT-PARALLEL"), broken(new Theorem1(), s));
    assertEquals(List.of(), broken(new Theorem3(), s), "lambda_0 is above 0 all the same");
    assertEquals(
        Verdict.HOLDS,
        new Theorem1().judge(s, Optional.empty()).report("T1-LAMBDA").holds(),
        "the condition is not necessary");
  }

  @Test
  void equalRowsMakeTheKernelSingular() {
    TrainingData twice = Settings.data(2, new double[] {1, 0, 1, 0, 0, 1}, .1, .5, -.25);
    Setting s = setting(twice, plan().build());
    assertEquals(List.of("NOT-PARALLEL"), broken(new Theorem1(), s));
    BoundReport lambda = new Theorem1().judge(s, Optional.empty()).report("T1-LAMBDA");
    assertEquals(Verdict.VIOLATED, lambda.holds(), "lambda_0 is 0, not above");
    List<String> broken = broken(new Theorem3(), s);
    assertTrue(broken.contains("LAMBDA0"), broken.toString());
    assertEquals(
        Verdict.VIOLATED,
        new Theorem3().judge(s, Optional.empty()).assumption("LAMBDA0").verdict());
    for (Statement statement : Statements.all()) {
      Judgement judgement = statement.judge(s, Optional.empty());
      for (BoundReport report : judgement.reports()) {
        assertTrue(!Double.isNaN(report.predicted()), statement.id() + ", " + report.id());
      }
      judgement
          .numbers()
          .forEach((name, value) -> assertTrue(!Double.isNaN(value), statement.id() + name));
    }
  }

  /** 40 rows in 2 dimensions: no two parallel, and yet lambda_0 is within rounding of 0. */
  @Test
  void aLambdaThatIsAsGoodAsZeroIsUnknown() {
    double[] x = new double[80];
    for (int i = 0; i < 40; i++) {
      double angle = 1e-4 * (i + 1);
      x[2 * i] = Math.cos(angle);
      x[2 * i + 1] = Math.sin(angle);
    }
    DataProfile profile = DataProfile.of(Settings.data(2, x, new double[40]), Team.ALONE);
    DataProfile blurred =
        new DataProfile(
            40,
            2,
            1,
            1,
            1,
            profile.pair(),
            0,
            0,
            new Interval(-1e-15, 0, 1e-15),
            1,
            profile.labelEnergy(),
            profile.modes(),
            false);
    Setting s = Setting.of(blurred, plan().build(), true, 1.0, 1e-6);
    Judgement judgement = new Theorem1().judge(s, Optional.empty());
    assertEquals(Verdict.UNKNOWN, judgement.report("T1-LAMBDA").holds());
    Judgement three = new Theorem3().judge(s, Optional.empty());
    assertEquals(Verdict.UNKNOWN, three.assumption("LAMBDA0").verdict());
    assertEquals(Verdict.VIOLATED, three.assumption("STEP").verdict(), "no step is this small");
  }

  @Test
  void rowsThatAreNotUnit() {
    TrainingData data = Settings.data(2, new double[] {1, 0, 0, 2, 0.6, 0.8}, .1, .5, -.25);
    assertEquals(List.of("UNIT-ROWS"), broken(new Theorem1(), setting(data, plan().build())));
    assertEquals(List.of("UNIT-ROWS"), broken(new Theorem3(), setting(data, plan().build())));
  }

  @Test
  void labelsBeyondAGivenBound() {
    Setting s = usual();
    Setting strict = s.with(1.25, s.delta(), s.gamma());
    assertEquals(List.of("LABELS"), broken(new Theorem3(), strict));
  }

  @Test
  void twoTargets() {
    TrainingData data = new TrainingData(3, 2, 2, THREE, new double[] {.1, .5, -.25, 0, 0, 1});
    assertEquals(List.of("ONE-OUTPUT"), broken(new Theorem3(), setting(data, plan().build())));
  }

  @Test
  void plansThatAreNotTheTheorems() {
    TrainingData data = Settings.data(2, THREE, .1, .5, -.25);
    assertEquals(
        List.of("HIDDEN-ONLY"),
        broken(new Theorem3(), setting(data, plan().trained(TrainedLayers.BOTH).build())));
    assertEquals(
        List.of("INITIAL-LAW"),
        broken(
            new Theorem3(),
            setting(data, plan().initialization(Initialization.LECUN, 1.0).build())));
    assertEquals(
        List.of("FULL-BATCH"),
        broken(new Theorem3(), setting(data, plan().batch(java.util.OptionalInt.of(2)).build())));
    assertEquals(
        List.of("ALGORITHM-1"),
        broken(
            new Theorem3(), setting(data, plan().aggregation(Aggregation.ZERO_UNCOVERED).build())));
    for (TrainingPlan other :
        List.of(
            plan().momentum(0.5).build(),
            plan().schedule(new StepSchedule(new StepSchedule.Linear(0), 0)).build())) {
      assertEquals(List.of("PLAIN-STEPS"), broken(new Theorem3(), setting(data, other)));
    }
    TrainingData weighted = new TrainingData(3, 2, 1, THREE, data.y(), new double[] {1, 0.5, 1.5});
    assertEquals(List.of("PLAIN-STEPS"), broken(new Theorem3(), setting(weighted, plan().build())));
    TrainingData classes = new TrainingData(3, 2, 2, THREE, new double[] {1, 0, 0, 1, 1, 0});
    assertEquals(
        List.of("ONE-OUTPUT", "PLAIN-STEPS"),
        broken(new Theorem3(), setting(classes, plan().loss(Loss.CROSS_ENTROPY).build())));
    assertEquals(
        List.of("KAPPA"),
        broken(
            new Theorem3(), setting(data, plan().initialization(Initialization.NTK, 1.5).build())));
    assertEquals(
        List.of("STEP"), broken(new Theorem3(), setting(data, plan().stepSize(0.1).build())));
    assertEquals(List.of("MASKS"), broken(new Theorem4(), usual()));
    Setting owners =
        setting(
            data,
            TrainingPlan.builder(100_000_000, new MaskLaw.Categorical(2))
                .rounds(3)
                .stepSize(1e-6)
                .build());
    assertEquals(List.of("MASKS"), broken(new Theorem3(), owners));
    assertEquals(List.of(), broken(new Theorem4(), owners));
    Setting narrow =
        setting(
            data,
            TrainingPlan.builder(4000, new MaskLaw.Bernoulli(2, .5))
                .rounds(3)
                .stepSize(1e-6)
                .build());
    assertEquals(List.of("WIDTH-T2A", "WIDTH-T2B"), broken(new Theorem2(), narrow));
    Setting many =
        setting(
            data,
            TrainingPlan.builder(100_000_000, new MaskLaw.Bernoulli(4, .5))
                .rounds(3)
                .stepSize(1e-6)
                .build());
    assertEquals(List.of("SUBNETS"), broken(new Theorem5(), many));
    Setting corollary =
        setting(
            data,
            TrainingPlan.builder(4000, new MaskLaw.Bernoulli(1, .5))
                .initialization(Initialization.NTK, 1 / Math.sqrt(3))
                .rounds(3)
                .stepSize(1e-6)
                .build());
    Statement dropout = new Corollary(Corollary.Kind.DROPOUT);
    assertEquals(List.of(), broken(dropout, corollary));
    Setting longer =
        setting(
            data,
            TrainingPlan.builder(4000, new MaskLaw.Bernoulli(1, .5))
                .initialization(Initialization.NTK, 1 / Math.sqrt(3))
                .rounds(4)
                .stepSize(1e-6)
                .build());
    assertEquals(List.of("SIZES"), broken(dropout, longer));
    assertEquals(
        List.of("KAPPA"),
        broken(
            dropout,
            setting(
                data,
                TrainingPlan.builder(4000, new MaskLaw.Bernoulli(1, .5))
                    .rounds(3)
                    .stepSize(1e-6)
                    .build())));
  }

  /**
   * The only network wide enough for (3): two orthogonal samples, one round, two billion neurons.
   */
  private static Setting roomy(int width, double step) {
    TrainingPlan plan =
        TrainingPlan.builder(width, new MaskLaw.Full(1)).rounds(1).stepSize(step).build();
    Setting s = setting(Settings.data(2, new double[] {1, 0, 0, 1}, 0, 0), plan);
    return new Setting(
        s.data(), plan, true, 1, step, s.labelBound(), .99, s.gamma(), Optional.empty());
  }

  private static Optional<RunEvidence> errors(double... errors) {
    return Optional.of(
        new RunEvidence(
            1,
            errors,
            new double[errors.length],
            new double[0],
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void whatTheInductionStepAsksFor() {
    Statement step = new Hypothesis1();
    assertEquals(List.of(), broken(step, roomy(2_000_000_000, .03)));
    assertEquals(List.of("ROOM"), broken(step, roomy(100_000_000, .03)));
    assertEquals(List.of("STEP"), broken(step, roomy(2_000_000_000, .04)));
    Setting s = roomy(2_000_000_000, .03);
    Judgement falls = step.judge(s, errors(.5, .4));
    assertEquals(Verdict.HOLDS, falls.assumption("PROGRESS").verdict());
    assertEquals(Verdict.HOLDS, falls.assumption("ROOM").verdict());
    Judgement rises = step.judge(s, errors(.5, .501));
    assertEquals(Verdict.VIOLATED, rises.assumption("PROGRESS").verdict());
    assertEquals(Verdict.HOLDS, rises.assumption("ROOM").verdict());
  }

  /** With one seed a mean has no error; with more, two standard errors are allowed. */
  @Test
  void aMeasurementMayMissItsBoundByItsError() {
    BoundReport exact = report(new Measured(1.1, 0, 1));
    assertEquals(Verdict.VIOLATED, exact.holds());
    assertEquals(Verdict.UNKNOWN, report(new Measured(1.1, .06, 4)).holds());
    assertEquals(Verdict.VIOLATED, report(new Measured(1.1, .04, 4)).holds());
    assertEquals(Verdict.HOLDS, report(new Measured(.9, .5, 4)).holds());
    assertEquals(1.1, exact.ratio().orElseThrow(), 1e-15);
  }

  private static BoundReport report(Measured measured) {
    return new BoundReport(
        "X",
        "",
        Label.EXPL,
        BoundReport.Claim.AT_MOST,
        java.util.Map.of(),
        1.0,
        Optional.of(measured),
        false,
        "");
  }

  /** Whether lambda_0 is as large as asked depends on where in its interval it lies. */
  @Test
  void aStraddlingIntervalDecidesNothing() {
    Interval required = new Interval(1, 2, 3);
    assertEquals(
        Verdict.UNKNOWN,
        Assumption.atLeast("W", "", required, Interval.of(2.5), Standing.PROVEN, "").verdict());
    assertEquals(
        Verdict.HOLDS,
        Assumption.atLeast("W", "", required, Interval.of(3), Standing.PROVEN, "").verdict());
    assertEquals(
        Verdict.VIOLATED,
        Assumption.atLeast("W", "", required, Interval.of(.5), Standing.PROVEN, "").verdict());
    assertEquals(
        Verdict.UNKNOWN,
        Assumption.atMost("S", "", required, Interval.of(2), Standing.PROVEN, "").verdict());
    Interval lambda = new Interval(-1, 0, 1);
    assertEquals(Double.POSITIVE_INFINITY, lambda.mapDecreasing(x -> 1 / x).high());
    assertEquals(1.0, lambda.mapDecreasing(x -> 1 / x).low());
  }

  @Test
  void invertedMasksAreJudgedInThePapersUnits() {
    TrainingData data = Settings.data(2, THREE, .1, .5, -.25);
    Setting paper = setting(data, plan().build());
    Setting inverted =
        setting(data, plan().scaling(dev.shallot.network.MaskScaling.INVERTED).build());
    assertEquals(paper.stepSize() / .25, inverted.stepSize(), 1e-18);
    assertEquals(paper.targetNorm() * .25, inverted.targetNorm(), 1e-15);
    assertEquals(paper.lambda().estimate(), inverted.lambda().estimate());
  }
}
