package dev.shallot.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Theorem 2: the kernels of all subnets stay well conditioned, lambda_min(m o H) >= lambda_0/2, as
 * long as no neuron leaves the ball of radius R = kappa lambda_0 / (192 n). Its explicit pieces,
 * with u the width over what it is divided by:
 *
 * <pre>
 *   T2a  P(||m o H(0,0) - H-inf||_2 &lt;= lambda_0/4) >= 1 - 2 n^2 exp(-m lambda_0^2 / (8 n^2))
 *   T2b  P(||m o H(W) - m o H(W_0)||_2 &lt;= 3 n xi R/kappa in all of the ball) >= 1 - n^2 exp(-m xi R / (10 kappa))
 *   T2c  both, with R &lt;= kappa lambda_0 / (12 n), give lambda_min >= lambda_0/2
 * </pre>
 */
public final class Theorem2 implements Statement {

  @Override
  public String id() {
    return "T2";
  }

  @Override
  public String title() {
    return "Theorem 2";
  }

  @Override
  public String claim() {
    return "wide enough and within the radius R, every masked kernel keeps lambda_min >="
        + " lambda_0/2";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.RE, Label.EXPL);
  }

  /** {@code 2 n^2 exp(-m lambda^2 / (8 n^2))}, by which T2a may fail for one mask. */
  public static double startMayFail(double n, double m, double lambda) {
    return 2 * n * n * StrictMath.exp(-m * lambda * lambda / (8 * n * n));
  }

  /** {@code n^2 exp(-m xi R / (10 kappa))}, by which T2b may fail for one mask. */
  public static double ballMayFail(double n, double m, double xi, double radius, double kappa) {
    return n * n * StrictMath.exp(-m * xi * radius / (10 * kappa));
  }

  /** {@code (8 n^2 / lambda^2) ln(2 n^2 K p / delta)}: T2a for all K p masks at once. */
  static double startWidth(Setting s, double lambda) {
    double masks = s.rounds() * s.p();
    return 8 * s.n() * s.n() / (lambda * lambda) * Math.log(2 * s.n() * s.n() * masks / s.delta());
  }

  /** {@code (10 kappa / (xi R)) ln(n^2 K p / delta)}, R = kappa lambda / (192 n): T2b likewise. */
  static double ballWidth(Setting s, double lambda) {
    double masks = s.rounds() * s.p();
    return 1920 * s.n() / (s.xi() * lambda) * Math.log(s.n() * s.n() * masks / s.delta());
  }

  /** Whether every weight that was seen stayed within R. */
  static Assumption radius(Setting s, Optional<RunEvidence> run) {
    String asked = "||w - w_0|| <= R = kappa lambda_0 / (192 n)";
    Optional<RunEvidence.Looks> looks = run.flatMap(RunEvidence::looks);
    return looks.isEmpty()
        ? Assumption.notMeasured("RADIUS", asked, s.radius(), "nothing was trained")
        : Assumption.atMost(
            "RADIUS",
            asked,
            s.radius(),
            Interval.of(looks.get().displacement()),
            Standing.MEASURED,
            "of every round, and of subnets in %d rounds".formatted(looks.get().rounds()));
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    Interval lambda = s.lambda();
    double l = Math.max(0, lambda.estimate());
    Optional<RunEvidence.Looks> looks = run.flatMap(RunEvidence::looks);
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumptions.unitRows(s));
    assumptions.add(Assumptions.lambda(s));
    assumptions.addAll(Assumptions.model(s));
    assumptions.add(
        Assumption.atLeast(
            "WIDTH-T2A",
            "m >= 8 n^2/lambda_0^2 ln(2 n^2 K p/delta)",
            lambda.mapDecreasing(x -> startWidth(s, x)),
            Interval.of(s.m()),
            Standing.PROVEN,
            "explicit: T2a for all K p masks"));
    assumptions.add(
        Assumption.atLeast(
            "WIDTH-T2B",
            "m >= 10 kappa/(xi R) ln(n^2 K p/delta)",
            lambda.mapDecreasing(x -> ballWidth(s, x)),
            Interval.of(s.m()),
            Standing.PROVEN,
            "explicit: T2b for all K p masks"));
    assumptions.add(radius(s, run));
    double start = 1 - startMayFail(s.n(), s.m(), l);
    double ball = 1 - ballMayFail(s.n(), s.m(), s.xi(), s.radius().estimate(), s.kappa());
    List<BoundReport> reports =
        List.of(
            new BoundReport(
                "T2a",
                "P(||m o H(0,0) - H-inf|| <= lambda_0/4) >=",
                Label.EXPL,
                BoundReport.Claim.NONE,
                s.inputs("n", "m", "lambda0"),
                start,
                Optional.empty(),
                start <= 0,
                start <= 0
                    ? "of one mask; a probability of 0 or less says nothing"
                    : "of one mask"),
            new BoundReport(
                "T2a-DEV",
                "||m o H(0,0) - H-inf|| <= lambda_0/4",
                Label.EXPL,
                BoundReport.Claim.AT_MOST,
                s.inputs("lambda0"),
                l / 4,
                looks.map(x -> Measured.once(x.deviation())),
                false,
                "the largest of the subnets of round 0 that were seen"),
            new BoundReport(
                "T2b",
                "P(no kernel moves > 3 n xi R/kappa) >=",
                Label.EXPL,
                BoundReport.Claim.NONE,
                s.inputs("n", "m", "xi", "kappa", "lambda0"),
                ball,
                Optional.empty(),
                ball <= 0,
                ball <= 0 ? "of one mask; a probability of 0 or less says nothing" : "of one mask"),
            floor(s, l, looks));
    return new Judgement(this, true, assumptions, Map.of("R", s.radius().estimate()), reports, "");
  }

  private static BoundReport floor(Setting s, double l, Optional<RunEvidence.Looks> looks) {
    BoundReport report =
        new BoundReport(
            "T2c",
            "lambda_min(m o H(k,t)) >= lambda_0/2",
            Label.EXPL,
            BoundReport.Claim.AT_LEAST,
            s.inputs("lambda0"),
            l / 2,
            looks.map(x -> Measured.once(x.lambdaMin().estimate())),
            l == 0,
            looks
                .map(
                    x ->
                        "smallest of %d kernels: round %d, subnet %d, t = %d"
                            .formatted(x.kernels(), x.round(), x.subnet(), x.step()))
                .orElse(""));
    boolean straddles =
        looks.isPresent()
            && looks.get().lambdaMin().atLeast(s.lambda().times(0.5)) == Verdict.UNKNOWN;
    return straddles ? report.withoutMeasurement() : report;
  }
}
