package dev.shallot.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Corollaries 1 to 3: Theorem 3 at kappa = n^{-1/2}, for three methods. Error terms are orders. */
public final class Corollary implements Statement {

  /** Which corollary. */
  public enum Kind {
    DROPOUT(1, "dropout", "tau = p = 1"),
    MULTI_SAMPLE_DROPOUT(2, "multi-sample dropout", "tau = 1"),
    MULTI_WORKER(3, "multi-worker IST", "tau >= 1");

    private final int number;
    private final String words;
    private final String asks;

    Kind(int number, String words, String asks) {
      this.number = number;
      this.words = words;
      this.asks = asks;
    }
  }

  private final Kind kind;

  /** One of the three. */
  public Corollary(Kind kind) {
    this.kind = kind;
  }

  @Override
  public String id() {
    return "C" + kind.number;
  }

  @Override
  public String title() {
    return "Corollary %d (%s)".formatted(kind.number, kind.words);
  }

  @Override
  public String claim() {
    return "Theorem 3 for %s, kappa = n^(-1/2): an error of order %s"
        .formatted(
            kind.asks,
            switch (kind) {
              case DROPOUT -> "1 - xi";
              case MULTI_SAMPLE_DROPOUT -> "(1-xi)^2/(nK) + (theta-xi^2)/p";
              case MULTI_WORKER ->
                  "(1-xi)^2/(nK) + (theta-xi^2)/p + (tau-1)^2 theta^2 (1-xi)/tau^2";
            });
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.RE, Label.ORD);
  }

  /** {@code (theta - xi^2) / p}: the same for p = 1 and p = 2 (E19). */
  public static double varianceTerm(int p, double xi) {
    return new MaskMoments(p, xi).publishedNuVariance();
  }

  /** The order of the error, constant 1. */
  double errorOrder(Setting s) {
    double out = 1 - s.xi();
    double mask = out * out / (s.n() * s.rounds());
    double variance = (s.theta() - s.xi() * s.xi()) / s.p();
    double tau = s.tau();
    return switch (kind) {
      case DROPOUT -> out;
      case MULTI_SAMPLE_DROPOUT -> mask + variance;
      case MULTI_WORKER ->
          mask + variance + (tau - 1) * (tau - 1) * s.theta() * s.theta() * out / (tau * tau);
    };
  }

  private boolean relevant(Setting s) {
    return s.bernoulli()
        && switch (kind) {
          case DROPOUT -> s.p() == 1 && s.tau() == 1;
          case MULTI_SAMPLE_DROPOUT -> s.tau() == 1;
          case MULTI_WORKER -> true;
        };
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    if (!relevant(s)) {
      return new Judgement(
          this,
          false,
          List.of(
              Assumption.of(
                  "METHOD",
                  "Bernoulli masks, " + kind.asks,
                  false,
                  Standing.PROVEN,
                  "p = %d, tau = %d".formatted(s.p(), s.tau()))),
          Map.of(),
          List.of(),
          "");
    }
    Interval lambda = s.lambda();
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumptions.unitRows(s));
    assumptions.add(Assumptions.labels(s));
    assumptions.add(Assumptions.lambda(s));
    assumptions.addAll(Assumptions.model(s));
    double wanted = 1 / Math.sqrt(s.n());
    boolean equal = Math.abs(s.kappa() / wanted - 1) < 1e-9;
    assumptions.add(
        new Assumption(
            "KAPPA",
            "kappa = n^(-1/2)",
            Assumption.Relation.IS,
            Optional.of(Interval.of(wanted)),
            Optional.of(Interval.of(s.kappa())),
            Verdict.of(equal),
            Standing.PROVEN,
            ""));
    assumptions.add(
        Assumption.atMost(
            "SIZES",
            "max(K, d, p) <= n",
            Interval.of(s.n()),
            Interval.of(Math.max(s.rounds(), Math.max(s.d(), s.p()))),
            Standing.PROVEN,
            ""));
    assumptions.add(Assumptions.theoremStep(s));
    double shares = kind == Kind.DROPOUT ? s.xi() * s.xi() : s.xi() * s.theta();
    assumptions.add(
        Assumptions.widthOrder(
            s,
            kind == Kind.DROPOUT
                ? "m >= n^5 K / (xi^2 lambda_0^4 delta)"
                : "m >= n^5 K / (xi theta lambda_0^4 delta)",
            lambda.mapDecreasing(
                x -> Math.pow(s.n(), 5) * s.rounds() / (shares * Math.pow(x, 4) * s.delta()))));
    BoundReport error =
        new BoundReport(
            id() + "-ERROR",
            "order of the error that remains",
            Label.ORD,
            BoundReport.Claim.NONE,
            s.inputs("n", "K", "p", "xi", "theta", "tau"),
            errorOrder(s),
            run.map(RunEvidence::plateau),
            false,
            kind == Kind.DROPOUT
                ? "loose as xi falls: Theorem 3 itself gives xi (1 - xi)"
                : "the middle term is the same for p = 1 and p = 2 (E19)");
    BoundReport rate =
        new BoundReport(
            id() + "-RATE",
            "share of the error taken off a round",
            Label.EXPL,
            BoundReport.Claim.AT_LEAST,
            s.inputs("eta", "theta", "tau", "lambda0"),
            s.alpha(),
            run.flatMap(RunEvidence::rate),
            false,
            "lambda_0 holds another factor xi");
    return new Judgement(
        this, true, assumptions, Map.of("rate factor", 1 - s.alpha()), List.of(error, rate), "");
  }
}
