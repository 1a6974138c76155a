package dev.shallot.reproduce;

import dev.shallot.picture.HeatMap;
import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Figure 2b of both papers: the error over subnets and keep probability, Bernoulli masks. */
final class HeatFigure implements Figure {
  /** The mean of the last tenth of the rounds, at least one. */
  static double tail(Point point, String series) {
    double[] values = point.series(series);
    return Trends.tailMean(values, Math.max(1, (values.length - 1) / 10));
  }

  /** Relative to what the figure counts errors in. */
  private static double scale(Setup setup) {
    return setup.config().text("unit", "sum").equals("code")
        ? 1.0 / (2.0 * setup.config().object("data").whole("rows", 1))
        : 1.0;
  }

  static ToDoubleFunction<Point> fixed(Setup setup) {
    return point -> tail(point, "errors") * scale(setup);
  }

  /** As the authors' code stops: window 11, at the first failure, or below a floor. */
  static ToDoubleFunction<Point> plateau(Setup setup, int patience) {
    double floor =
        setup.config().objectOrNone("plateau").has("floor")
            ? setup.config().object("plateau").number("floor")
            : 0;
    return point -> {
      double[] errors = point.series("errors").clone();
      for (int i = 0; i < errors.length; i++) {
        errors[i] *= scale(setup);
      }
      return Trends.plateau(errors, 11, patience, floor);
    };
  }

  private static Grid grid(Results results, ToDoubleFunction<Point> quantity) {
    return Grid.of(results, "subnets", "keep", quantity);
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      Results part = results.part(predicate.limits().text("part", "keep"));
      boolean plateaus = predicate.limits().text("mode", "fixed").equals("plateau");
      ToDoubleFunction<Point> quantity = plateaus ? plateau(setup, 1) : fixed(setup);
      Grid grid = grid(part, quantity);
      Grid below = grid.without(List.of(), List.of("1.0"));
      verdicts.add(
          switch (predicate.limits().text("rule")) {
            case "falls-with-subnets" ->
                HeatPredicates.trend(predicate, below, HeatPredicates.Along.ROWS, "xi");
            case "falls-with-keep" ->
                HeatPredicates.trend(predicate, grid, HeatPredicates.Along.COLUMNS, "p");
            case "all-kept-is-least" -> HeatPredicates.least(predicate, grid, "1.0");
            default -> dead(setup, predicate, part);
          });
    }
    return verdicts;
  }

  /** With the zeroing rule and one subnet all neurons die: what is left is the error of 0. */
  private static Verdict dead(Setup setup, Predicate predicate, Results part) {
    Grid grid = grid(part.where("subnets", "1"), fixed(setup)).without(List.of(), List.of("1.0"));
    double nothing = part.mean(p -> p.number("targetNorm") * scale(setup));
    return HeatPredicates.pinned(
        predicate, grid.values(), nothing, "the error of a network that answers 0");
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Plate> plates = new ArrayList<>();
    boolean code = setup.config().text("unit", "sum").equals("code");
    String quantity = code ? "½‖Y − u‖²/n" : "squared error ‖y − u‖²";
    for (String part : results.labels(Point.PART)) {
      Results of = results.part(part);
      String rule = part.equals("zero") ? "zeroing rule" : "Algorithm 1";
      int seeds = of.labels("seed").size();
      plates.add(
          plate(
              part,
              grid(of, fixed(setup)),
              "After a fixed number of rounds, " + rule,
              "mean of the last tenth of the rounds and of %d seed%s"
                  .formatted(seeds, seeds == 1 ? "" : "s"),
              quantity));
      plates.add(
          plate(
              part + "-plateau",
              grid(of, plateau(setup, 1)),
              "At the plateau, " + rule,
              "smallest mean of 11 errors before the first that is not smaller; mean of %d seed%s"
                  .formatted(seeds, seeds == 1 ? "" : "s"),
              quantity));
    }
    return plates;
  }

  private static Plate plate(
      String name, Grid grid, String title, String setting, String quantity) {
    HeatMap map =
        new HeatMap(
            title,
            setting,
            "keep probability ξ",
            grid.columns(),
            "subnets p",
            grid.rows(),
            grid.values(),
            quantity);
    return new Plate(
        name,
        title
            + ": "
            + setting
            + ". At ξ = 1 every subnet is the whole network, so p changes nothing.",
        map,
        grid.csv("subnets", "keep", "error"));
  }
}
