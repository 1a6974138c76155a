package dev.shallot.bound;

import dev.shallot.kernel.NearestPair;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Initialization;
import dev.shallot.plan.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The assumptions that several statements share. */
final class Assumptions {
  /** Below this angle, in radians, two rows are parallel as far as float64 can tell. */
  private static final double PARALLEL = 1e-12;

  /** Below this |cos| they are not: our threshold. */
  private static final double NOT_PARALLEL = 1 - 1e-9;

  private Assumptions() {}

  static Assumption unitRows(Setting s) {
    double low = s.data().smallestNorm();
    double high = s.data().largestNorm();
    return Assumption.of(
        "UNIT-ROWS",
        "every row has norm 1",
        s.data().unitRows(),
        Standing.MEASURED,
        s.data().unitRows() ? "" : "norms are %.6g to %.6g".formatted(low, high));
  }

  static Assumption notParallel(Setting s) {
    String asked = "no two rows are parallel";
    if (s.data().pair().isEmpty()) {
      return Assumption.of(
          "NOT-PARALLEL", asked, Verdict.HOLDS, Standing.PROVEN, "there are no two rows");
    }
    NearestPair pair = s.data().pair().get();
    double cosine = Math.abs(pair.cosine());
    Verdict verdict =
        pair.angle() <= PARALLEL
            ? Verdict.VIOLATED
            : cosine < NOT_PARALLEL ? Verdict.HOLDS : Verdict.UNKNOWN;
    return Assumption.of(
        "NOT-PARALLEL",
        asked,
        verdict,
        Standing.MEASURED,
        "largest |cos| is %.6f, an angle of %.3g degrees"
            .formatted(cosine, Math.toDegrees(pair.angle())));
  }

  static Assumption labels(Setting s) {
    return Assumption.atMost(
        "LABELS",
        "|y| <= C - 1, C >= 1",
        Interval.of(s.labelBound() - 1),
        Interval.of(s.data().largestLabel()),
        Standing.MEASURED,
        s.labelBound() == s.data().labelBound() ? "C is the smallest that will do" : "C was given");
  }

  /** Whether two rows point the same way, so that H-inf is singular whatever rounding says. */
  static boolean equalRows(Setting s) {
    return s.data().pair().isPresent()
        && s.data().pair().get().angle() == 0.0
        && s.data().pair().get().cosine() > 0;
  }

  static Assumption lambda(Setting s) {
    Interval lambda = s.lambda();
    boolean equalRows = equalRows(s);
    return new Assumption(
        "LAMBDA0",
        "lambda_0 > 0",
        Assumption.Relation.IS,
        java.util.Optional.empty(),
        java.util.Optional.of(lambda),
        equalRows ? Verdict.VIOLATED : lambda.positive(),
        Standing.PROVEN,
        equalRows
            ? "two rows point the same way, so H-inf is singular"
            : lambda.positive() == Verdict.UNKNOWN
                ? "the proven interval [%.2g, %.2g] holds 0".formatted(lambda.low(), lambda.high())
                : "");
  }

  /** What all statements about training take for granted of the model. */
  static List<Assumption> model(Setting s) {
    List<Assumption> list = new ArrayList<>();
    list.add(
        Assumption.of(
            "ONE-OUTPUT",
            "one target",
            s.data().outputs() == 1,
            Standing.PROVEN,
            s.data().outputs() == 1 ? "" : "there are " + s.data().outputs()));
    list.add(
        Assumption.of(
            "HIDDEN-ONLY",
            "only the hidden layer is trained",
            s.plan().trained().hidden() && !s.plan().trained().output(),
            Standing.PROVEN,
            ""));
    boolean signs = s.plan().initialization() == Initialization.NTK;
    list.add(
        Assumption.of(
            "INITIAL-LAW",
            "W ~ N(0, kappa^2), a = +-1, factor 1/sqrt(m)",
            s.drawn() ? Verdict.of(signs) : Verdict.UNKNOWN,
            Standing.PROVEN,
            s.drawn()
                ? signs ? "" : "kappa is that of W alone"
                : "initial weights come from a file; kappa is their root mean square"));
    list.add(
        Assumption.of(
            "RELU",
            "the activation is ReLU",
            !s.plan().activation().smooth(),
            Standing.PROVEN,
            s.plan().activation().smooth()
                ? "it is %s; H-inf here is ReLU's"
                    .formatted(s.plan().activation().name().toLowerCase(Locale.ROOT))
                : ""));
    list.add(fullBatch(s));
    list.add(plainSteps(s));
    list.add(
        Assumption.of(
            "ALGORITHM-1",
            "a neuron becomes the mean of its subnets",
            s.plan().aggregation() == Aggregation.COVERAGE_MEAN,
            Standing.PROVEN,
            ""));
    return list;
  }

  /** The loss that all statements are about, and how it is gone down. */
  static Assumption plainSteps(Setting s) {
    Optional<String> other = s.plan().otherThanPlain(s.data().weighted());
    return Assumption.of(
        "PLAIN-STEPS",
        "gradient steps of one size on the squared loss",
        other.isEmpty(),
        Standing.PROVEN,
        other.map(what -> "there is " + what).orElse(""));
  }

  static Assumption fullBatch(Setting s) {
    return Assumption.of(
        "FULL-BATCH",
        "every step sees all samples",
        s.plan().samplesPerStep(s.data().samples()) == s.data().samples(),
        Standing.PROVEN,
        "");
  }

  static Assumption kappa(Setting s) {
    return Assumption.atMost(
        "KAPPA", "kappa <= 1", Interval.of(1), Interval.of(s.kappa()), Standing.PROVEN, "");
  }

  static Assumption bernoulliMasks(Setting s) {
    return Assumption.of(
        "MASKS", "Bernoulli masks, or full ones", s.bernoulli(), Standing.PROVEN, "");
  }

  static Assumption categoricalMasks(Setting s) {
    boolean blocks = s.plan().masks() instanceof MaskLaw.EqualPartition;
    return Assumption.of(
        "MASKS",
        "categorical masks: one owner a neuron",
        s.plan().masks() instanceof MaskLaw.Categorical,
        Standing.PROVEN,
        blocks ? "equal blocks have one owner a neuron too, but not independent ones" : "");
  }

  /** {@code eta <= lambda_0 / (48 n tau max(n, p))}, the proof's constant. */
  static Assumption theoremStep(Setting s) {
    double by = 48 * s.n() * s.tau() * Math.max(s.n(), s.p());
    return Assumption.atMost(
        "STEP",
        "eta <= lambda_0 / (48 n tau max(n, p))",
        s.lambda().times(1 / by),
        Interval.of(s.stepSize()),
        Standing.PROVEN,
        "the statement has an order; 48 is its proof's");
  }

  /** A width of which only the order is stated. */
  static Assumption widthOrder(Setting s, String asked, Interval required) {
    return Assumption.atLeast(
        "WIDTH", asked, required, Interval.of(s.m()), Standing.ORDER, "order, constant = 1");
  }
}
