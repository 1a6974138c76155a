package dev.shallot.reproduce;

import dev.shallot.bound.ConditionWidth;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.Team;
import dev.shallot.kernel.Samples;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.picture.HeatMap;
import dev.shallot.reproduce.Expected.Predicate;
import dev.shallot.sweep.SweepData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** RZ-1: which widths train to zero, by the number of samples; and COND's width beside it. */
final class PhaseDiagram implements Figure {
  private static final String COND = "condWidth";

  @Override
  public Results measure(Setup setup, Workshop workshop) {
    List<Point> points = new ArrayList<>();
    for (Part part : setup.parts(workshop.size())) {
      points.addAll(TwoRates.run(part, workshop));
      for (String rows : part.labels("rows")) {
        points.add(condition(part, workshop.data(part), rows));
      }
    }
    return new Results(points);
  }

  /** What the sufficient condition asks for. */
  private static Point condition(Part part, FigureData data, String rows) {
    PreparedData prepared =
        SweepData.of(data.source())
            .prepare(part.spec(data.keys()).base().withFlags(Map.of("rows", rows)));
    OptionalLong width =
        ConditionWidth.estimate(
            Samples.of(prepared.train()),
            prepared.train().y(),
            Initialization.LECUN,
            1.0,
            Activation.RELU,
            1.0,
            Team.ALONE);
    return new Point(
        Map.of(Point.PART, COND, "rows", rows),
        Map.of(COND, new double[] {width.isPresent() ? width.getAsLong() : Double.NaN}));
  }

  private static Grid success(Setup setup, Results results) {
    double goal = setup.config().number("goal");
    return Grid.of(
        results.part("widths"), "rows", "width", p -> TwoRates.succeeded(p, goal) ? 1 : 0);
  }

  /** The first width of a row at which at least half of the runs succeed; NaN if none does. */
  static double threshold(Grid grid, int row) {
    for (int c = 0; c < grid.columns().size(); c++) {
      if (grid.row(row)[c] >= 0.5) {
        return Double.parseDouble(grid.columns().get(c));
      }
    }
    return Double.NaN;
  }

  private static double[] thresholds(Grid grid) {
    double[] thresholds = new double[grid.rows().size()];
    for (int r = 0; r < thresholds.length; r++) {
      thresholds[r] = threshold(grid, r);
    }
    return thresholds;
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    Grid grid = success(setup, results);
    double[] condition =
        results.part(COND).points().stream().mapToDouble(p -> p.number(COND)).toArray();
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(
          predicate.limits().text("rule").equals("threshold-rises")
              ? rises(predicate, grid)
              : below(predicate, grid, condition));
    }
    return verdicts;
  }

  /** m50 never falls with n, and is larger at the most samples than at the fewest. */
  static Verdict rises(Predicate predicate, Grid grid) {
    double[] thresholds = thresholds(grid);
    if (thresholds.length < 2) {
      return Verdict.unknown(predicate.id(), predicate.says(), "there is one number of samples");
    }
    boolean rises = thresholds[thresholds.length - 1] > thresholds[0];
    for (int r = 1; r < thresholds.length; r++) {
      rises &= thresholds[r] >= thresholds[r - 1];
    }
    return Verdict.of(
        predicate.id(),
        rises,
        predicate.says(),
        "m50 at n = " + Said.pairs(grid.rows(), thresholds));
  }

  /** COND asks for at least so many times m50 at every n. */
  static Verdict below(Predicate predicate, Grid grid, double[] condition) {
    double[] thresholds = thresholds(grid);
    double[] ratio = new double[thresholds.length];
    boolean holds = condition.length == ratio.length;
    for (int r = 0; r < ratio.length && holds; r++) {
      ratio[r] = condition[r] / thresholds[r];
      holds &= ratio[r] >= predicate.limit("factor");
    }
    return Verdict.of(
        predicate.id(),
        holds,
        predicate.says(),
        "COND / m50 at n = " + Said.pairs(grid.rows(), ratio));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    Grid grid = success(setup, results);
    String setting =
        "share of %d networks with ‖y − u‖² ≤ %s ‖y‖² within the steps"
            .formatted(results.labels("seed").size(), Said.of(setup.config().number("goal")));
    HeatMap map =
        new HeatMap(
            "Which widths train to zero",
            setting,
            "width m",
            grid.columns(),
            "samples n",
            grid.rows(),
            grid.values(),
            "share of runs that succeed");
    return List.of(
        new Plate(
            "success",
            map.title() + ": " + setting + ". Both layers, equal rates, d = 20, labels ±1.",
            map,
            grid.csv("samples", "width", "success")));
  }
}
