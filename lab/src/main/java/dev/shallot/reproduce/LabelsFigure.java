package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RZ-4: how long four kinds of labels take. */
final class LabelsFigure implements Figure {
  @Override
  public Results measure(Setup setup, Workshop workshop) {
    return TwoRates.all(setup, workshop);
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    double goal = setup.config().number("goal");
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(
          predicate.limits().text("rule").equals("all-converge")
              ? converge(predicate, results, goal)
              : order(predicate, results, goal));
    }
    return verdicts;
  }

  /** Every run from a width on reaches the goal. */
  static Verdict converge(Predicate predicate, Results results, double goal) {
    double from = predicate.limit("width");
    List<String> failed =
        results.points().stream()
            .filter(p -> Double.parseDouble(p.label("width")) >= from)
            .filter(p -> !TwoRates.succeeded(p, goal))
            .map(
                p ->
                    "%s m = %s seed %s"
                        .formatted(p.label(Point.PART), p.label("width"), p.label("seed")))
            .toList();
    return Verdict.of(
        predicate.id(),
        failed.isEmpty(),
        predicate.says(),
        failed.isEmpty()
            ? "all %d runs do".formatted(results.points().size())
            : "not: " + String.join("; ", failed));
  }

  /** Bottom labels take longest and a teacher's shortest, by median, at each wide width. */
  static Verdict order(Predicate predicate, Results results, double goal) {
    double from = predicate.limit("width");
    List<String> found = new ArrayList<>();
    boolean holds = true;
    for (String width : results.labels("width")) {
      Results cell = results.where("width", width);
      List<String> laws = cell.labels(Point.PART);
      double[] steps =
          laws.stream()
              .mapToDouble(law -> cell.part(law).median(p -> TwoRates.stepsTo(p, goal)))
              .toArray();
      found.add("m = %s: %s".formatted(width, Said.pairs(laws, steps)));
      if (Double.parseDouble(width) < from) {
        continue;
      }
      double bottom = at(laws, steps, "bottom");
      double teacher = at(laws, steps, "teacher");
      for (double other : steps) {
        holds &= other <= bottom && other >= teacher;
      }
    }
    return Verdict.of(
        predicate.id(), holds, predicate.says(), "median steps, " + String.join("; ", found));
  }

  private static double at(List<String> laws, double[] steps, String law) {
    int index = laws.indexOf(law);
    return index < 0 ? Double.NaN : steps[index];
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    double goal = setup.config().number("goal");
    List<Point> timed =
        results.points().stream()
            .map(p -> new Point(p.at(), Map.of("steps", new double[] {TwoRates.stepsTo(p, goal)})))
            .toList();
    return List.of(
        WidthLines.plate(
            "steps",
            "Steps until the labels are fitted, by kind of label",
            "n = 50, d = 20, equal rates; to ‖y − u‖² ≤ %s ‖y‖²; mean ± standard error of %d networks"
                .formatted(Said.of(goal), results.labels("seed").size()),
            new Results(timed),
            Point.PART,
            p -> p.number("steps"),
            "gradient steps",
            true));
  }
}
