package dev.shallot.trial;

import dev.shallot.bound.Judgement;
import dev.shallot.bound.LazyLimit;
import dev.shallot.bound.RunEvidence;
import dev.shallot.bound.Setting;
import dev.shallot.bound.Theorem3;
import dev.shallot.bound.Theorem4;
import dev.shallot.run.FactsJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code theory.json}: what {@code shallot theory --json} prints, and what a run's report draws its
 * theory from.
 */
public final class TheoryDocument {
  /** What the document calls itself. */
  public static final String FORMAT = "shallot-theory";

  /** The version of its layout. */
  public static final int FORMAT_VERSION = 1;

  /** The most points of a curve. */
  private static final int POINTS = 1500;

  private TheoryDocument() {}

  /** The document. */
  public static Map<String, Object> of(Theory theory, List<Judgement> judgements) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("formatVersion", FORMAT_VERSION);
    map.put("data", FactsJson.of(theory.prepared().facts()));
    map.put("setting", setting(theory));
    map.put("lambda0", lambda(theory.setting()));
    map.put("statements", judgements.stream().map(Judgement::toMap).toList());
    theory
        .trial()
        .ifPresent(
            outcome -> {
              map.put("run", run(outcome));
              map.put("curves", curves(theory.setting(), outcome.evidence()));
            });
    return map;
  }

  private static Map<String, Object> setting(Theory theory) {
    Setting s = theory.setting();
    Map<String, Object> map = new LinkedHashMap<>();
    s.inputs("n", "d", "m", "p", "xi", "theta", "tau", "K", "kappa", "eta", "C", "delta", "gamma")
        .forEach(map::put);
    map.put("stepSizeReason", theory.steps().reason());
    map.put("errorFactor", s.errorFactor());
    map.put("targetNorm", s.targetNorm());
    map.put("expectedInitialError", s.expectedInitialError());
    map.put("plan", theory.plan().toMap());
    return map;
  }

  private static Map<String, Object> lambda(Setting s) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("estimate", s.lambda().estimate());
    map.put("atLeast", s.lambda().low());
    map.put("atMost", s.lambda().high());
    map.put("withoutXi", s.data().lambda().estimate());
    map.put("lambdaMax", s.largestEigenvalue());
    return map;
  }

  private static Map<String, Object> run(Trial.Outcome outcome) {
    RunEvidence e = outcome.evidence();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seeds", e.seeds());
    map.put("rounds", e.rounds());
    outcome.ended().ifPresent(why -> map.put("ended", why));
    map.put("finalError", e.last().mean());
    map.put("finalErrorStandardError", e.last().standardError());
    map.put("plateau", e.plateau().mean());
    map.put("stillFalling", e.stillFalling());
    e.rate().ifPresent(rate -> map.put("rate", rate.mean()));
    e.contraction()
        .ifPresent(
            c -> {
              map.put("worstContraction", c.worstRatio());
              map.put("localSteps", c.steps());
              map.put("localStepsThatDoNotLowerTheError", c.rises());
            });
    e.looks()
        .ifPresent(
            l -> {
              map.put("smallestMaskedEigenvalue", l.lambdaMin().estimate());
              map.put("smallestMaskedEigenvalueAtLeast", l.lambdaMin().low());
              map.put("smallestMaskedEigenvalueAtMost", l.lambdaMin().high());
              map.put("kernels", l.kernels());
              map.put("displacement", l.displacement());
              map.put("localMove", l.localMove());
            });
    return map;
  }

  private static Map<String, Object> curves(Setting s, RunEvidence e) {
    int every = (e.rounds() + POINTS) / POINTS;
    List<Integer> rounds = new ArrayList<>();
    for (int k = 0; k < e.rounds(); k += every) {
      rounds.add(k);
    }
    rounds.add(e.rounds());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("round", rounds);
    map.put("mean", at(rounds, e.meanErrors()));
    map.put("deviation", at(rounds, e.deviations()));
    if (e.start().length > 0 && LazyLimit.applies(s)) {
      map.put("lazy", at(rounds, LazyLimit.curve(s, e.start(), e.rounds())));
      map.put("lazyFloor", LazyLimit.floor(s, e.start()));
    }
    double initial = e.meanErrors()[0];
    if (s.bernoulli()) {
      map.put("contraction", at(rounds, Theorem3.curve(s, initial, 0.0, e.rounds())));
      map.put("terms", s.printedTerms().toMap());
      map.put("carefulTerms", s.carefulTerms().toMap());
      map.put("theorem", "Theorem 3");
    } else {
      map.put("contraction", rounds.stream().map(k -> Theorem4.power(s, k) * initial).toList());
      map.put("terms", Map.of("floor", Theorem4.floor(s)));
      map.put("theorem", "Theorem 4");
    }
    return map;
  }

  private static List<Double> at(List<Integer> rounds, double[] values) {
    return rounds.stream().map(k -> values[k]).toList();
  }
}
