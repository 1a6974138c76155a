package dev.shallot.bound;

import dev.shallot.mask.MaskLaw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Theorem 4, categorical masks: for any gamma in (0, 1),
 *
 * <pre>
 *   E||y - u_k||^2 &lt;= q^k E||y - u_0||^2 + 64 tau (p-1)^2 kappa^2 n^3 d / (gamma (1-gamma) lambda_0^2 m),
 *   q = gamma + (1-gamma) (1 - eta lambda_0/2)^tau
 * </pre>
 *
 * Its proof takes a cross term for zero on average that is not (L-17, E15); the bound is tested,
 * not proven.
 */
public final class Theorem4 implements Statement {

  @Override
  public String id() {
    return "T4";
  }

  @Override
  public String title() {
    return "Theorem 4 (categorical masks)";
  }

  @Override
  public String claim() {
    return "E||y - u_k||^2 <= (gamma + (1-gamma)(1 - eta lambda_0/2)^tau)^k E||y - u_0||^2 +"
        + " floor";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.RE, Label.ERR, Label.ORD);
  }

  /** q, by which the error shrinks a round. */
  public static double factor(double eta, double lambda, int tau, double gamma) {
    return gamma + (1 - gamma) * Math.pow(1 - eta * lambda / 2, tau);
  }

  /** {@code 32 eta tau (p-1)^2 kappa^2 n^3 d / (gamma lambda m)}, what a round adds. */
  public static double noise(
      double eta,
      int tau,
      double p,
      double kappa,
      double n,
      double d,
      double m,
      double lambda,
      double gamma) {
    if (p == 1) {
      return 0.0;
    }
    return 32
        * eta
        * tau
        * (p - 1)
        * (p - 1)
        * kappa
        * kappa
        * n
        * n
        * n
        * d
        / (gamma * lambda * m);
  }

  /** {@code 64 tau (p-1)^2 kappa^2 n^3 d / (gamma (1-gamma) lambda^2 m)}. */
  public static double closedFloor(
      int tau, double p, double kappa, double n, double d, double m, double lambda, double gamma) {
    return 64
        * tau
        * (p - 1)
        * (p - 1)
        * kappa
        * kappa
        * n
        * n
        * n
        * d
        / (gamma * (1 - gamma) * lambda * lambda * m);
  }

  /** The floor of a setting; 0 where one subnet holds everything. */
  public static double floor(Setting s) {
    double l = Math.max(0, s.lambda().estimate());
    return s.p() == 1
        ? 0.0
        : closedFloor(s.tau(), s.p(), s.kappa(), s.n(), s.d(), s.m(), l, s.gamma());
  }

  /** {@code q^k}. */
  public static double power(Setting s, int k) {
    double l = Math.max(0, s.lambda().estimate());
    return Math.pow(factor(s.stepSize(), l, s.tau(), s.gamma()), k);
  }

  /** The bound at every round. */
  public static double[] curve(Setting s, double initial, int rounds) {
    double[] bound = new double[rounds + 1];
    double floor = floor(s);
    for (int k = 0; k <= rounds; k++) {
      bound[k] = power(s, k) * initial + floor;
    }
    return bound;
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumptions.categoricalMasks(s));
    boolean owners =
        s.plan().masks() instanceof MaskLaw.Categorical
            || s.plan().masks() instanceof MaskLaw.EqualPartition;
    if (!owners) {
      return new Judgement(
          this, false, assumptions, Map.of(), List.of(), "for these masks see Theorem 3");
    }
    Interval lambda = s.lambda();
    double l = Math.max(0, lambda.estimate());
    assumptions.add(Assumptions.unitRows(s));
    assumptions.add(Assumptions.labels(s));
    assumptions.add(Assumptions.lambda(s));
    assumptions.addAll(Assumptions.model(s));
    assumptions.add(
        Assumption.atMost(
            "STEP",
            "eta <= lambda_0 / n^2",
            lambda.times(1 / (s.n() * s.n())),
            Interval.of(s.stepSize()),
            Standing.ORDER,
            "order, constant = 1"));
    assumptions.add(
        Assumptions.widthOrder(
            s,
            "m >= tau^2 n^2 K max(n^2, d)/(kappa^2 ..)",
            lambda.mapDecreasing(
                x ->
                    s.tau()
                        * s.tau()
                        * s.n()
                        * s.n()
                        * s.rounds()
                        * Math.max(s.n() * s.n(), s.d())
                        / (s.kappa() * s.kappa() * Math.pow(x, 4) * s.delta()))));
    double initial = run.map(r -> r.meanErrors()[0]).orElse(s.expectedInitialError());
    double q = factor(s.stepSize(), l, s.tau(), s.gamma());
    double noise =
        noise(s.stepSize(), s.tau(), s.p(), s.kappa(), s.n(), s.d(), s.m(), l, s.gamma());
    double floor = floor(s);
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("rate factor", q);
    numbers.put("noise a round", noise);
    numbers.put("geometric floor", noise / (1 - q));
    numbers.put("closed floor", floor);
    int at = run.map(r -> worst(s, r, initial)).orElse((int) Math.min(s.plan().rounds(), 1 << 30));
    BoundReport bound =
        new BoundReport(
            "T4-BOUND",
            "bound at round %,d, gamma = %s".formatted(at, s.gamma()),
            Label.ERR,
            BoundReport.Claim.AT_MOST,
            s.inputs("n", "d", "m", "p", "tau", "kappa", "lambda0", "eta", "gamma", "K"),
            Math.pow(q, at) * initial + floor,
            run.map(r -> r.error(at)),
            !(floor < initial),
            "tested, not proven: the proof has a gap (E15)"
                + (floor < initial
                    ? ""
                    : "; vacuous: the floor %s is not below ||y - u_0||^2 = %.4g"
                        .formatted(BoundReport.number(floor), initial)));
    BoundReport rate =
        new BoundReport(
            "T4-RATE",
            "share of the error taken off a round",
            Label.ERR,
            BoundReport.Claim.AT_LEAST,
            s.inputs("eta", "lambda0", "tau", "gamma"),
            1 - q,
            run.flatMap(RunEvidence::rate),
            false,
            "1 - q; measured is a fit to the early rounds, above the plateau");
    return new Judgement(
        this,
        true,
        assumptions,
        numbers,
        List.of(bound, rate),
        "what is solid for these masks: L-15, L-16, equation (4), and the wide limit P-LAZY");
  }

  private static int worst(Setting s, RunEvidence run, double initial) {
    double[] bound = curve(s, initial, run.rounds());
    int worst = Math.min(1, run.rounds());
    for (int k = 2; k <= run.rounds(); k++) {
      worst = run.meanErrors()[k] / bound[k] > run.meanErrors()[worst] / bound[worst] ? k : worst;
    }
    return worst;
  }
}
