package dev.shallot.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Theorem 5, generalisation, an order: {@code E_test l(f(W_k, x), y) = O((1/delta) sqrt(y^T
 * H-inf^-1 y / n) + sqrt(log(n / (lambda_0 delta)) / n))} for 1-Lipschitz losses with l(y, y) = 0.
 */
public final class Theorem5 implements Statement {

  @Override
  public String id() {
    return "T5";
  }

  @Override
  public String title() {
    return "Theorem 5 (generalisation)";
  }

  @Override
  public String claim() {
    return "the expected test loss is of order sqrt(y' H-inf^-1 y/n)/delta +"
        + " sqrt(log(n/(lambda_0 delta))/n)";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.SRC, Label.ORD);
  }

  /** The order with constant 1; {@code energy} is y^T H-inf^-1 y. */
  public static double order(double energy, double n, double lambda, double delta) {
    return Math.sqrt(energy / n) / delta + Math.sqrt(Math.log(n / (lambda * delta)) / n);
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    Interval lambda = s.lambda();
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumptions.unitRows(s));
    assumptions.add(Assumptions.lambda(s));
    assumptions.addAll(Assumptions.model(s));
    assumptions.add(
        Assumption.atMost(
            "SUBNETS", "p <= n", Interval.of(s.n()), Interval.of(s.p()), Standing.PROVEN, ""));
    assumptions.add(
        Assumption.atLeast(
            "ROUNDS",
            "K >= log n",
            Interval.of(Math.log(s.n())),
            Interval.of((double) s.plan().rounds()),
            Standing.ORDER,
            "order, constant = 1"));
    assumptions.add(
        Assumption.of(
            "SMALL",
            "kappa and eta small, m polynomially large",
            Verdict.UNKNOWN,
            Standing.UNKNOWN,
            "the statement has no numbers for these"));
    boolean known = s.data().labelEnergy().isPresent() && lambda.low() > 0;
    double energy = s.data().labelEnergy().orElse(Double.NaN) * s.errorFactor() / s.kernelFactor();
    BoundReport report =
        new BoundReport(
            "T5-ORDER",
            "order of the expected test loss",
            Label.ORD,
            BoundReport.Claim.NONE,
            s.inputs("n", "lambda0", "delta"),
            known ? order(energy, s.n(), lambda.estimate(), s.delta()) : Double.POSITIVE_INFINITY,
            Optional.empty(),
            false,
            known ? "" : "y' H-inf^-1 y is not known: H-inf may be singular");
    return new Judgement(
        this,
        true,
        assumptions,
        known ? Map.of("y' H-inf^-1 y / n", energy / s.n()) : Map.of(),
        List.of(report),
        "");
  }
}
