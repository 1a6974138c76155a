package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RZ-3: how far weights, activations and kernel go until the labels are fitted. */
final class MovementFigure implements Figure {
  /** What a movement is called, and what it is. */
  private static final Map<String, String> QUANTITIES = new LinkedHashMap<>();

  static {
    QUANTITIES.put("weights", "weights ‖W − W₀‖/‖W₀‖");
    QUANTITIES.put("flips", "activations that flipped");
    QUANTITIES.put("drift", "kernel ‖K − K₀‖/‖K₀‖");
  }

  @Override
  public Results measure(Setup setup, Workshop workshop) {
    return TwoRates.all(setup, workshop);
  }

  /** The runs that reached the goal, of widths at which at least half did. */
  static Results successful(Results results, double goal) {
    List<Point> points = new ArrayList<>();
    for (String width : results.labels("width")) {
      Results cell = results.where("width", width);
      if (TwoRates.success(cell, goal) >= 0.5) {
        points.addAll(cell.points().stream().filter(p -> TwoRates.succeeded(p, goal)).toList());
      }
    }
    return new Results(points);
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    Results ended = successful(results, setup.config().number("goal"));
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(
          switch (predicate.limits().text("rule")) {
            case "movement-falls" -> falls(predicate, ended);
            case "beyond-kernel" -> beyond(predicate, ended);
            default -> lazy(predicate, ended);
          });
    }
    return verdicts;
  }

  /** All three quantities fall from each width to the next. */
  static Verdict falls(Predicate predicate, Results ended) {
    List<String> found = new ArrayList<>();
    boolean all = ended.labels("width").size() > 1;
    for (String quantity : QUANTITIES.keySet()) {
      double[] means = WidthLines.means(ended, p -> p.number(quantity));
      for (int i = 1; i < means.length; i++) {
        all &= means[i] < means[i - 1];
      }
      found.add("%s %s".formatted(quantity, Said.list(means)));
    }
    return Verdict.of(
        predicate.id(),
        all,
        predicate.says(),
        "m = %s: %s".formatted(String.join(", ", ended.labels("width")), String.join("; ", found)));
  }

  /** At the narrowest width that succeeds, the run has left the kernel's neighbourhood. */
  static Verdict beyond(Predicate predicate, Results ended) {
    if (ended.isEmpty()) {
      return Verdict.unknown(predicate.id(), predicate.says(), "no width succeeded");
    }
    String width = ended.labels("width").getFirst();
    Results cell = ended.where("width", width);
    double drift = cell.mean(p -> p.number("drift"));
    double flips = cell.mean(p -> p.number("flips"));
    return Verdict.of(
        predicate.id(),
        drift >= predicate.limit("drift") && flips >= predicate.limit("flips"),
        predicate.says(),
        "m = %s: drift %s, flips %s".formatted(width, Said.of(drift), Said.of(flips)));
  }

  /** At a wide network the kernel hardly moves. */
  static Verdict lazy(Predicate predicate, Results ended) {
    String width = predicate.limits().text("width");
    Results cell = ended.where("width", width);
    if (cell.isEmpty()) {
      return Verdict.unknown(predicate.id(), predicate.says(), "no run of m = " + width);
    }
    double drift = cell.mean(p -> p.number("drift"));
    return Verdict.of(
        predicate.id(),
        drift <= predicate.limit("drift"),
        predicate.says(),
        "m = %s: drift %s".formatted(width, Said.of(drift)));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    Results ended = successful(results, setup.config().number("goal"));
    List<Point> split = new ArrayList<>();
    for (Map.Entry<String, String> quantity : QUANTITIES.entrySet()) {
      for (Point point : ended.points()) {
        Map<String, String> at = new LinkedHashMap<>(point.at());
        at.put("quantity", quantity.getValue());
        split.add(new Point(at, Map.of("value", new double[] {point.number(quantity.getKey())})));
      }
    }
    return List.of(
        WidthLines.plate(
            "movement",
            "How far training goes until the labels are fitted",
            "n = 50, d = 20, equal rates, labels ±1; mean ± standard error of runs that succeed",
            new Results(split),
            "quantity",
            p -> p.number("value"),
            "relative change",
            true));
  }
}
