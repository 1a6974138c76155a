package dev.shallot.reproduce;

import dev.shallot.picture.HeatMap;
import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Figure 2c of the ICLR submission: the error over subnets and local steps, categorical masks; at a
 * fixed number of rounds and at a fixed number of local steps, of the whole network (G_k) and after
 * sampling (S_k).
 */
final class CategoricalFigure implements Figure {
  private static Grid grid(Results results, String series) {
    ToDoubleFunction<Point> quantity = point -> HeatFigure.tail(point, series);
    return Grid.of(results, "subnets", "local-steps", quantity);
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      Tree limits = predicate.limits();
      Grid grid = grid(results.part(limits.text("part")), limits.text("series"));
      if (limits.has("fromSubnets")) {
        double from = limits.number("fromSubnets");
        grid =
            grid.without(
                grid.rows().stream().filter(p -> Double.parseDouble(p) < from).toList(), List.of());
      }
      boolean subnets = limits.text("along").equals("subnets");
      verdicts.add(
          HeatPredicates.trend(
              predicate,
              grid,
              subnets ? HeatPredicates.Along.ROWS : HeatPredicates.Along.COLUMNS,
              subnets ? "tau" : "p"));
    }
    return verdicts;
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Plate> plates = new ArrayList<>();
    int seeds = results.labels("seed").size();
    for (String part : results.labels(Point.PART)) {
      for (String series : List.of("errors", "sampled")) {
        boolean whole = series.equals("errors");
        Grid grid = grid(results.part(part), series);
        String title =
            "%s, %s"
                .formatted(
                    whole ? "Whole network" : "After sampling",
                    part.equals("rounds") ? "fixed rounds" : "fixed budget Kτ");
        String setting =
            "%s; mean of the last tenth of the rounds and of %d seed%s"
                .formatted(
                    setup.config().object("titles").text(part), seeds, seeds == 1 ? "" : "s");
        HeatMap map =
            new HeatMap(
                title,
                setting,
                "local steps τ",
                grid.columns(),
                "subnets p",
                grid.rows(),
                grid.values(),
                whole ? "squared error Gₖ = ‖y − uₖ‖²" : "squared error Sₖ, mean over subnets");
        plates.add(
            new Plate(
                part + (whole ? "-whole" : "-sampled"),
                title + ": " + setting + ".",
                map,
                grid.csv("subnets", "local-steps", "error")));
      }
    }
    return plates;
  }
}
