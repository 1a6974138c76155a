package dev.shallot.bound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hypothesis 1, the induction step: if the error fell so far (2) and neurons have room left (3),
 * then local losses contract (4) and local moves are small (5). Lemma 5 is its part that holds on
 * every path.
 *
 * <pre>
 *   (4)  ||y - uhat_{t+1}||^2 &lt;= (1 - eta lambda_0/2) ||y - uhat_t||^2
 *   (5)  ||w^l_{k,t,r} - w_{k,r}|| &lt;= eta tau sqrt(2 n K/(m delta)) rms||y - u_k|| + 2 eta tau kappa n sqrt(2 xi (1-xi) p K/(m delta))
 * </pre>
 *
 * The source has the mean of ||y - u_k|| in (3) and (5); its Markov step gives the root mean square
 * (E9), which is used here.
 */
public final class Hypothesis1 implements Statement {

  @Override
  public String id() {
    return "H1";
  }

  @Override
  public String title() {
    return "Hypothesis 1";
  }

  @Override
  public String claim() {
    return "while the error falls and neurons have room, local losses contract (4) and moves are"
        + " small (5)";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.RE, Label.ERR, Label.EXPL);
  }

  /** The right side of (5) for a root mean square of ||y - u_k||. */
  public static double moveBound(Setting s, double rms) {
    double root = Math.sqrt(2 * s.n() * s.rounds() / (s.m() * s.delta()));
    double noise = Math.sqrt(2 * s.xi() * (1 - s.xi()) * s.p() * s.rounds() / (s.m() * s.delta()));
    return s.stepSize() * s.tau() * (root * rms + 2 * s.kappa() * s.n() * noise);
  }

  /** The left side of (3) without ||w_{k,r} - w_{0,r}||. */
  static double roomNeeded(Setting s, int k, double rms, double b) {
    return 2
        * s.stepSize()
        * s.tau()
        * Math.sqrt(2 * s.n() * s.rounds() / (s.m() * s.delta()))
        * (rms / s.alpha() + (s.rounds() - k) * b);
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    Interval lambda = s.lambda();
    double l = Math.max(0, lambda.estimate());
    double initial = run.map(r -> r.meanErrors()[0]).orElse(s.expectedInitialError());
    double b1 = s.printedTerms().sum();
    double b = s.driftConstant(b1);
    List<Assumption> assumptions = new ArrayList<>();
    assumptions.add(Assumptions.unitRows(s));
    assumptions.add(Assumptions.lambda(s));
    assumptions.addAll(Assumptions.model(s));
    assumptions.add(
        Assumption.atMost(
            "STEP",
            "eta <= lambda_0 / (4 n^2)",
            lambda.times(1 / (4 * s.n() * s.n())),
            Interval.of(s.stepSize()),
            Standing.PROVEN,
            "explicit, from the proof of (4)"));
    assumptions.add(
        Assumptions.widthOrder(
            s,
            "m >= n^2 log(K p n/delta) / (xi lambda_0^2)",
            lambda.mapDecreasing(
                x ->
                    s.n()
                        * s.n()
                        * Math.log(s.rounds() * s.p() * s.n() / s.delta())
                        / (s.xi() * x * x))));
    assumptions.add(progress(s, run, b1));
    assumptions.add(
        Assumption.atMost(
            "ROOM",
            "(3) at k = 0: what moves may add up to <= R",
            s.radius(),
            positive(roomNeeded(s, 0, Math.sqrt(initial), b)),
            Standing.PROVEN,
            "explicit, with alpha, B1 and B of Theorem 3"));
    Optional<RunEvidence.Contraction> contraction = run.flatMap(RunEvidence::contraction);
    Optional<RunEvidence.Looks> looks = run.flatMap(RunEvidence::looks);
    double largestError = run.map(Hypothesis1::largest).orElse(initial);
    List<BoundReport> reports = new ArrayList<>();
    reports.add(
        new BoundReport(
            "HYP-4",
            "(4): a local step's worst ratio of errors",
            Label.EXPL,
            BoundReport.Claim.AT_MOST,
            s.inputs("eta", "lambda0"),
            1 - s.stepSize() * l / 2,
            contraction.map(c -> Measured.once(c.worstRatio())),
            l == 0,
            contraction
                .map(
                    c ->
                        "worst of %,d steps: round %d, subnet %d, t = %d; %s"
                            .formatted(
                                c.steps(),
                                c.round(),
                                c.subnet(),
                                c.step(),
                                c.rises() == 0
                                    ? "all lower the error"
                                    : "%,d do not lower it".formatted(c.rises())))
                .orElse("")));
    double bound = moveBound(s, Math.sqrt(largestError));
    reports.add(
        new BoundReport(
            "HYP-5",
            "(5): the farthest local move of a neuron",
            Label.EXPL,
            BoundReport.Claim.AT_MOST,
            s.inputs("n", "m", "K", "delta", "eta", "tau", "kappa", "xi", "p"),
            bound,
            looks.map(x -> Measured.once(x.localMove())),
            bound > s.radius().estimate(),
            bound > s.radius().estimate()
                ? "the right side is beyond R, where the argument ends"
                : ""));
    reports.add(
        new BoundReport(
            "HYP-4'",
            "Lemma 5: share of its bound that a move took",
            Label.EXPL,
            BoundReport.Claim.AT_MOST,
            s.inputs("eta", "tau", "n", "m"),
            1.0,
            looks.filter(x -> !Double.isNaN(x.lemma5())).map(x -> Measured.once(x.lemma5())),
            false,
            "of eta t sqrt(n/m) ||y - uhat_k||; holds on every path where the local error does not"
                + " rise"));
    double stable = 2 / s.largestEigenvalue();
    reports.add(
        new BoundReport(
            "STEP-STABLE",
            "eta below its practical limit 2/lambda_max",
            Label.OURS,
            BoundReport.Claim.AT_MOST,
            Map.of(),
            stable,
            Optional.of(Measured.once(s.stepSize())),
            false,
            "estimated, in the wide limit"));
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("alpha", s.alpha());
    numbers.put("B1", b1);
    numbers.put("B", b);
    numbers.put("R", s.radius().estimate());
    return new Judgement(
        this,
        true,
        assumptions,
        numbers,
        reports,
        "(3) and (5) with the root mean square in place of the mean (E9)");
  }

  private static Interval positive(double value) {
    return Interval.of(Double.isNaN(value) ? Double.POSITIVE_INFINITY : value);
  }

  private static double largest(RunEvidence run) {
    double largest = 0.0;
    for (double error : run.meanErrors()) {
      largest = Math.max(largest, error);
    }
    return largest;
  }

  /** (2) at every round of a run. */
  private static Assumption progress(Setting s, Optional<RunEvidence> run, double b1) {
    String asked = "(2): the error falls by alpha, up to alpha B1";
    if (run.isEmpty()) {
      return Assumption.of(
          "PROGRESS", asked, Verdict.UNKNOWN, Standing.UNKNOWN, "nothing was trained");
    }
    double[] errors = run.get().meanErrors();
    double alpha = s.alpha();
    if (!(alpha > 0)) {
      return Assumption.of(
          "PROGRESS",
          asked,
          Verdict.VIOLATED,
          Standing.PROVEN,
          "alpha = 0, since lambda_0 may be 0");
    }
    int bad = 0;
    for (int k = 0; k + 1 < errors.length; k++) {
      bad += errors[k + 1] <= (1 - alpha) * errors[k] + alpha * b1 ? 0 : 1;
    }
    return Assumption.of(
        "PROGRESS",
        asked,
        bad == 0,
        Standing.MEASURED,
        bad > 0
            ? "not in %d of %d rounds".formatted(bad, errors.length - 1)
            : b1 >= errors[0] ? "trivially: B1 exceeds the error itself" : "");
  }
}
