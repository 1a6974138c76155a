package dev.shallot.bound;

import dev.shallot.plan.TrainedLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * COND (ours, docs/both-layers.md): when gradient flow on both layers provably converges. {@link
 * TwoRateCondition} is the condition; here it is judged.
 */
public final class BothLayers implements Statement {

  @Override
  public String id() {
    return "COND";
  }

  @Override
  public String title() {
    return "COND (both layers)";
  }

  @Override
  public String claim() {
    return "gradient flow on both layers: ||r_t||^2 <= exp(-eta_v s0^2 t / 2) ||r_0||^2, s0 ="
        + " sigma_min(s Phi_0)";
  }

  @Override
  public List<Label> labels() {
    return List.of(Label.OURS, Label.EXPL);
  }

  @Override
  public Judgement judge(Setting s, Optional<RunEvidence> run) {
    List<Assumption> assumptions = new ArrayList<>();
    boolean both = s.plan().trained() == TrainedLayers.BOTH;
    assumptions.add(
        Assumption.of("BOTH-LAYERS", "both layers are trained", both, Standing.PROVEN, ""));
    if (!both) {
      return new Judgement(
          this, false, assumptions, Map.of(), List.of(), "here one layer is trained");
    }
    assumptions.add(
        Assumption.of(
            "NO-MASKS",
            "the whole network is trained",
            s.p() == 1 && s.xi() == 1.0,
            Standing.PROVEN,
            ""));
    assumptions.add(Assumptions.fullBatch(s));
    assumptions.add(Assumptions.plainSteps(s));
    assumptions.add(
        Assumption.of(
            "FLOW",
            "steps are so small that they follow the flow",
            Verdict.UNKNOWN,
            Standing.UNKNOWN,
            "the proof is for gradient flow"));
    if (s.layers().isEmpty()) {
      return new Judgement(
          this, true, assumptions, Map.of(), List.of(), "the initial network was not looked at");
    }
    InitialLayers layers = s.layers().get();
    TwoRateCondition condition = layers.condition();
    double s0 = condition.smallestSingular();
    assumptions.add(
        Assumption.of(
            "FULL-RANK",
            "s0 > 0, so m >= n",
            s0 > 0.0,
            Standing.MEASURED,
            s.m() < s.n() ? "there are fewer neurons than samples" : ""));
    assumptions.add(
        Assumption.atMost(
            "COND",
            "8 (eta_W/eta_v) s^2 L^2 ||X||_2^2 V ||r_0|| <= s0^3",
            Interval.of(condition.right()),
            Interval.of(condition.left()),
            Standing.MEASURED,
            expected(layers.expectedWidth())));
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("s0", s0);
    numbers.put("||X||_2^2", condition.dataNormSquared());
    numbers.put("||r_0||", condition.residualNorm());
    numbers.put("V", condition.outputReach());
    return new Judgement(
        this,
        true,
        assumptions,
        numbers,
        List.of(error(s, layers, run)),
        "sufficient, and far from necessary; no theorem of Song et al. or of Razborov");
  }

  private static String expected(OptionalLong width) {
    return width.isPresent()
        ? "to be expected from m = %,d on".formatted(width.getAsLong())
        : "no width is known from which on it is to be expected";
  }

  private static BoundReport error(Setting s, InitialLayers layers, Optional<RunEvidence> run) {
    TwoRateCondition condition = layers.condition();
    int rounds = run.map(RunEvidence::rounds).orElse((int) Math.min(s.plan().rounds(), 1 << 30));
    double start =
        run.map(r -> r.meanErrors()[0]).orElse(condition.residualNorm() * condition.residualNorm());
    double shrunk = condition.promised(layers.outputStep(), (double) rounds * s.tau());
    boolean vacuous = !(shrunk < 1.0 - 1e-12);
    Map<String, Double> inputs = new LinkedHashMap<>(s.inputs("n", "m", "tau", "K"));
    inputs.put("eta_v", layers.outputStep());
    inputs.put("s0", condition.smallestSingular());
    return new BoundReport(
        "COND-ERROR",
        "error at round %,d".formatted(rounds),
        Label.OURS,
        BoundReport.Claim.AT_MOST,
        inputs,
        shrunk * shrunk * start,
        run.map(RunEvidence::last),
        vacuous,
        vacuous
            ? "vacuous: s0 = 0 promises nothing"
            : "s0 is that of the plan's own seed; t counts local steps");
  }
}
