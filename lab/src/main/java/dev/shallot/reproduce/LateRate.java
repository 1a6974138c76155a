package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RZ-5: the late rate of ||r||^2 beside 2 eta lambda_min(K_0). */
final class LateRate implements Figure {
  @Override
  public Results measure(Setup setup, Workshop workshop) {
    return TwoRates.all(setup, workshop);
  }

  /**
   * How much faster log ||r||^2 falls over the second half of a run than 2 eta lambda_min(K_0) a
   * step; NaN for runs of fewer than 8 measurements.
   */
  static double ratio(Point point) {
    double[] errors = point.series("errors");
    double[] rounds = point.series("rounds");
    int from = errors.length / 2;
    int count = errors.length - from;
    if (count < 4) {
      return Double.NaN;
    }
    double[] steps = new double[count];
    double[] log = new double[count];
    for (int i = 0; i < count; i++) {
      steps[i] = rounds[from + i] * point.number("localSteps");
      log[i] = Math.log(errors[from + i]);
    }
    return -Trends.slope(steps, log) / (2 * point.number("stepSize") * point.number("lambdaMin"));
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      double[] ratios = WidthLines.means(results, LateRate::ratio);
      verdicts.add(judge(predicate, results.labels("width"), ratios));
    }
    return verdicts;
  }

  /** Falls with the width and is never below the limit. */
  static Verdict judge(Predicate predicate, List<String> widths, double[] ratios) {
    if (widths.size() < 2) {
      return Verdict.unknown(predicate.id(), predicate.says(), "there is one width only");
    }
    boolean holds = true;
    for (int i = 0; i < ratios.length; i++) {
      holds &= ratios[i] >= predicate.limit("least") && (i == 0 || ratios[i] < ratios[i - 1]);
    }
    holds &= ratios[ratios.length - 1] <= predicate.limit("last");
    return Verdict.of(
        predicate.id(), holds, predicate.says(), "ratio at m = " + Said.pairs(widths, ratios));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Point> points =
        results.points().stream()
            .map(p -> new Point(labelled(p), Map.of("ratio", new double[] {ratio(p)})))
            .toList();
    return List.of(
        WidthLines.plate(
            "rate",
            "Late rate beside 2 η λ_min(K₀)",
            "n = 50, d = 20, labels along the bottom eigenvector of K₀; 1 is the kernel's"
                + " prediction",
            new Results(points),
            "line",
            p -> p.number("ratio"),
            "measured rate / (2 η λ_min(K₀))",
            true));
  }

  private static Map<String, String> labelled(Point point) {
    Map<String, String> at = new java.util.LinkedHashMap<>(point.at());
    at.put("line", "measured");
    return at;
  }
}
