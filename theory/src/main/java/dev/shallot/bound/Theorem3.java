package dev.shallot.bound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Theorem 3, Bernoulli masks: with probability 1 - delta, for all k &lt;= K,
 *
 * <pre>
 *   E||y - u_k||^2 &lt;= (1 - eta theta tau lambda_0 / 4)^k ||y - u_0||^2 + B1
 * </pre>
 *
 * with B1 of {@link NoiseTerms}, for widths and step sizes of which the statement has the order.
 */
public final class Theorem3 implements Statement {

  @Override
  public String id() {
    return "T3";
  }

  @Override
  public String title() {
    return "Theorem 3 (Bernoulli masks)";
  }

  @Override
  public String claim() {
    return "E||y - u_k||^2 <= (1 - eta theta tau lambda_0/4)^k ||y - u_0||^2 + B1";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.RE, Label.ERR, Label.EXPL, Label.ORD);
  }

  /**
   * The order of the width: {@code (K/delta) max(n^4/(kappa^2 xi theta lambda^4), n K^2 B1/(kappa^2
   * theta lambda^2), K^2 p)}.
   */
  static double widthOrder(Setting s, double lambda) {
    double k = s.rounds();
    double k2 = s.kappa() * s.kappa();
    double n4 = Math.pow(s.n(), 4);
    double b1 = NoiseTerms.printed(s.noise(lambda)).sum();
    double first = n4 / (k2 * s.xi() * s.theta() * Math.pow(lambda, 4));
    double second = s.n() * k * k * b1 / (k2 * s.theta() * lambda * lambda);
    return k / s.delta() * Math.max(Math.max(first, second), k * k * s.p());
  }

  /**
   * The bound at every round, with a floor.
   *
   * @param initial ||y - u_0||^2
   * @param floor B1
   */
  public static double[] curve(Setting s, double initial, double floor, int rounds) {
    double[] bound = new double[rounds + 1];
    for (int k = 0; k <= rounds; k++) {
      bound[k] = Math.pow(1 - s.alpha(), k) * initial + floor;
    }
    return bound;
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    Interval lambda = s.lambda();
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumptions.bernoulliMasks(s));
    if (!s.bernoulli()) {
      return new Judgement(
          this, false, assumptions, Map.of(), List.of(), "for these masks see Theorem 4");
    }
    assumptions.add(Assumptions.unitRows(s));
    assumptions.add(Assumptions.labels(s));
    assumptions.add(Assumptions.lambda(s));
    assumptions.addAll(Assumptions.model(s));
    assumptions.add(Assumptions.kappa(s));
    assumptions.add(Assumptions.theoremStep(s));
    assumptions.add(
        Assumptions.widthOrder(
            s,
            "m >= (K/delta) max(n^4.., n K^2 B1.., K^2 p)",
            lambda.mapDecreasing(x -> widthOrder(s, x))));
    NoiseTerms printed = s.printedTerms();
    NoiseTerms careful = s.carefulTerms();
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("theta", s.theta());
    numbers.put("C1", NoiseTerms.c1(s.noise(1.0)));
    printed.toMap().forEach(numbers::put);
    numbers.put("B1", printed.sum());
    careful.toMap().forEach((name, value) -> numbers.put(name + " careful", value));
    numbers.put("B1 careful", careful.sum());
    numbers.put("alpha", s.alpha());
    numbers.put("rate factor", 1 - s.alpha());
    numbers.put("R", s.radius().estimate());
    numbers.put("B", s.driftConstant(printed.sum()));
    double initial = run.map(r -> r.meanErrors()[0]).orElse(s.expectedInitialError());
    List<BoundReport> reports = new ArrayList<>();
    reports.add(bound(s, run, initial, printed, "T3-BOUND", "as printed"));
    reports.add(bound(s, run, initial, careful, "T3-BOUND-CAREFUL", "all factors carried"));
    reports.add(
        new BoundReport(
            "T3-REST",
            "T2 + ... + T6 of B1, without T1: no bound",
            Label.OURS,
            BoundReport.Claim.NONE,
            s.inputs("n", "p", "xi", "tau", "kappa", "lambda0", "eta"),
            printed.remainder(),
            run.map(RunEvidence::plateau),
            false,
            "beside the measured plateau, to compare sizes"
                + (run.map(RunEvidence::stillFalling).orElse(false)
                    ? "; the error still falls"
                    : "")));
    reports.add(
        new BoundReport(
            "T3-RATE",
            "share of the error taken off a round",
            Label.EXPL,
            BoundReport.Claim.AT_LEAST,
            s.inputs("eta", "theta", "tau", "lambda0"),
            s.alpha(),
            run.flatMap(RunEvidence::rate),
            false,
            "alpha; measured is a fit to the early rounds, above the plateau"));
    return new Judgement(
        this,
        true,
        assumptions,
        numbers,
        reports,
        "constants are sure within a factor of 4 only; how they depend on the plan is what counts");
  }

  private static BoundReport bound(
      Setting s,
      Optional<RunEvidence> run,
      double initial,
      NoiseTerms terms,
      String id,
      String which) {
    boolean vacuous = !(terms.sum() < initial);
    int worst = run.map(r -> worst(s, r, initial, terms.sum())).orElse(0);
    int at = run.isPresent() ? worst : (int) Math.min(s.plan().rounds(), Integer.MAX_VALUE - 8);
    double predicted = Math.pow(1 - s.alpha(), at) * initial + terms.sum();
    return new BoundReport(
        id,
        "bound at round %,d, %s".formatted(at, which),
        Label.EXPL,
        BoundReport.Claim.AT_MOST,
        s.inputs("n", "d", "m", "p", "xi", "tau", "kappa", "lambda0", "eta", "K"),
        predicted,
        run.map(r -> r.error(worst)),
        vacuous,
        vacuous
            ? "vacuous: B1 = %s is not below ||y - u_0||^2 = %.4g"
                .formatted(BoundReport.number(terms.sum()), initial)
            : run.isPresent() ? "the round where the measured error comes nearest to it" : "");
  }

  /** The round whose error comes nearest to the bound; round 0 is where both start. */
  private static int worst(Setting s, RunEvidence run, double initial, double floor) {
    double[] bound = curve(s, initial, floor, run.rounds());
    int worst = Math.min(1, run.rounds());
    for (int k = 2; k <= run.rounds(); k++) {
      worst = run.meanErrors()[k] / bound[k] > run.meanErrors()[worst] / bound[worst] ? k : worst;
    }
    return worst;
  }
}
