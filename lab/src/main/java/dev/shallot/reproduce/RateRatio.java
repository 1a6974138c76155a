package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;

/** RZ-2: what the ratio of the two step sizes does to the width that is needed. */
final class RateRatio implements Figure {
  @Override
  public Results measure(Setup setup, Workshop workshop) {
    return TwoRates.all(setup, workshop);
  }

  /** The first width at which at least half of the runs succeed; NaN if none does. */
  static double threshold(Results results, String ratio, double goal) {
    Results line = results.where(TwoRates.RATIO, ratio);
    for (String width : line.labels("width")) {
      if (TwoRates.success(line.where("width", width), goal) >= 0.5) {
        return Double.parseDouble(width);
      }
    }
    return Double.NaN;
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    double goal = setup.config().number("goal");
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(
          predicate.limits().text("rule").equals("output-alone")
              ? outputAlone(predicate, results, goal)
              : hidden(predicate, results, goal));
    }
    return verdicts;
  }

  /** The output layer alone needs at least as many neurons as there are samples. */
  static Verdict outputAlone(Predicate predicate, Results results, double goal) {
    double samples = predicate.limit("samples");
    double threshold = threshold(results, "inf", goal);
    return Verdict.of(
        predicate.id(),
        threshold >= samples || Double.isNaN(threshold),
        predicate.says(),
        "least width that succeeds: %s, n = %s".formatted(Said.of(threshold), Said.of(samples)));
  }

  /** As soon as hidden weights move at all, fewer neurons are enough. */
  static Verdict hidden(Predicate predicate, Results results, double goal) {
    double alone = threshold(results, "inf", goal);
    List<String> ratios =
        results.labels(TwoRates.RATIO).stream().filter(r -> !r.equals("inf")).toList();
    double[] thresholds = new double[ratios.size()];
    boolean holds = !ratios.isEmpty();
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = threshold(results, ratios.get(i), goal);
      holds &= thresholds[i] < alone || (Double.isNaN(alone) && !Double.isNaN(thresholds[i]));
    }
    return Verdict.of(
        predicate.id(),
        holds,
        predicate.says(),
        "least width by ratio %s; output layer alone: %s"
            .formatted(Said.pairs(ratios, thresholds), Said.of(alone)));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    double goal = setup.config().number("goal");
    return List.of(
        WidthLines.plate(
            "success",
            "Success by width and rate ratio η_v / η_W",
            "n = 50, d = 20, labels ±1; share of %d networks with ‖y − u‖² ≤ %s ‖y‖²"
                .formatted(results.labels("seed").size(), Said.of(goal)),
            results,
            TwoRates.RATIO,
            p -> TwoRates.succeeded(p, goal) ? 1 : 0,
            "share of runs that succeed",
            false));
  }
}
