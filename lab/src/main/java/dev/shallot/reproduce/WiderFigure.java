package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;

/**
 * Independent subnet training: wider is better. Part {@code floor}: the plateau that Theorem 4
 * speaks of; part {@code held-out}: the error on held-out rows, both layers trained.
 */
final class WiderFigure implements Figure {
  private static double plateau(Point point) {
    return HeatFigure.tail(point, "errors") / point.number("targetNorm");
  }

  private static double heldOutError(Point point) {
    return point.number("heldOutRmse");
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    Results floor = results.part("floor");
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(
          switch (predicate.limits().text("rule")) {
            case "whole-network" -> whole(predicate, floor);
            case "rises-with-subnets" -> rises(predicate, floor);
            case "falls-with-width" -> falls(predicate, floor);
            default -> heldOut(predicate, results.part("held-out"));
          });
    }
    return verdicts;
  }

  /** T4-SHAPE: with one subnet there is no floor. */
  static Verdict whole(Predicate predicate, Results floor) {
    double worst =
        floor.where("subnets", "1").points().stream()
            .mapToDouble(WiderFigure::plateau)
            .max()
            .orElse(Double.NaN);
    return Verdict.of(
        predicate.id(),
        worst <= predicate.limit("relative"),
        predicate.says(),
        "largest plateau of p = 1: %s ‖y‖²".formatted(Said.of(worst)));
  }

  /** T4-SHAPE: the floor rises with the number of subnets at every width. */
  static Verdict rises(Predicate predicate, Results floor) {
    List<String> found = new ArrayList<>();
    boolean all = !floor.isEmpty();
    for (String width : floor.labels("width")) {
      Results cell = floor.where("width", width);
      double[] means =
          cell.labels("subnets").stream()
              .mapToDouble(p -> cell.where("subnets", p).mean(WiderFigure::plateau))
              .toArray();
      for (int i = 1; i < means.length; i++) {
        all &= means[i] > means[i - 1];
      }
      found.add("m = %s: %s".formatted(width, Said.list(means)));
    }
    return Verdict.of(
        predicate.id(),
        all,
        predicate.says(),
        "p = %s; %s"
            .formatted(String.join(", ", floor.labels("subnets")), String.join("; ", found)));
  }

  /** T4-SHAPE: four times the width, a third of the floor or less. */
  static Verdict falls(Predicate predicate, Results floor) {
    List<String> found = new ArrayList<>();
    boolean all = true;
    for (String subnets : floor.labels("subnets")) {
      if (subnets.equals("1")) {
        continue;
      }
      Results line = floor.where("subnets", subnets);
      for (String width : line.labels("width")) {
        String wide = Integer.toString(4 * Integer.parseInt(width));
        if (line.labels("width").contains(wide)) {
          double ratio =
              line.where("width", wide).mean(WiderFigure::plateau)
                  / line.where("width", width).mean(WiderFigure::plateau);
          all &= ratio <= predicate.limit("ratio");
          found.add("p = %s, m = %s to %s: %s".formatted(subnets, width, wide, Said.of(ratio)));
        }
      }
    }
    return found.isEmpty()
        ? Verdict.unknown(predicate.id(), predicate.says(), "no width is four times another")
        : Verdict.of(predicate.id(), all, predicate.says(), String.join("; ", found));
  }

  /** Held-out error falls with the width, for every number of subnets above 1. */
  static Verdict heldOut(Predicate predicate, Results part) {
    List<String> found = new ArrayList<>();
    boolean all = true;
    for (String subnets : part.labels("subnets")) {
      Results line = part.where("subnets", subnets);
      double[] means = WidthLines.means(line, WiderFigure::heldOutError);
      double rho = Trends.spearman(Grid.numbers(line.labels("width")), means);
      all &= subnets.equals("1") || rho <= predicate.limit("spearman");
      found.add("p = %s: Spearman %s (%s)".formatted(subnets, Said.of(rho), Said.list(means)));
    }
    return found.isEmpty()
        ? Verdict.unknown(predicate.id(), predicate.says(), "nothing was measured")
        : Verdict.of(
            predicate.id(),
            all,
            predicate.says(),
            "held-out RMSE over m = %s; %s"
                .formatted(String.join(", ", part.labels("width")), String.join("; ", found)));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    Results floor = results.part("floor");
    Results heldOut = results.part("held-out");
    return List.of(
        WidthLines.plate(
            "floor",
            "Error floor of independent subnets",
            "hidden layer trained; mean ± standard error of %d seeds; p = 1 has no floor"
                .formatted(floor.labels("seed").size()),
            named(withoutOne(floor)),
            "line",
            WiderFigure::plateau,
            "plateau of ‖y − u‖² / ‖y‖²",
            true),
        WidthLines.plate(
            "held-out",
            "Held-out error of independent subnet training",
            "equal partition, both layers, minibatches; mean ± standard error of %d seeds"
                .formatted(heldOut.labels("seed").size()),
            named(heldOut),
            "line",
            WiderFigure::heldOutError,
            "RMSE on held-out rows",
            false));
  }

  /** With one subnet there is no floor, only rounding, far below the others. */
  private static Results withoutOne(Results floor) {
    return new Results(
        floor.points().stream().filter(p -> !p.label("subnets").equals("1")).toList());
  }

  private static Results named(Results results) {
    return new Results(
        results.points().stream()
            .map(
                p -> {
                  java.util.Map<String, String> at = new java.util.LinkedHashMap<>(p.at());
                  at.put("line", "p = " + p.label("subnets"));
                  return new Point(at, p.measured());
                })
            .toList());
  }
}
