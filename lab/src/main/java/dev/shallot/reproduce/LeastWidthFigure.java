package dev.shallot.reproduce;

import dev.shallot.bound.ConditionWidth;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.Team;
import dev.shallot.kernel.Samples;
import dev.shallot.picture.Axis;
import dev.shallot.picture.Lines;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.reproduce.Expected.Predicate;
import dev.shallot.run.PlanDocument;
import dev.shallot.search.SearchSettings;
import dev.shallot.search.WidthSearch;
import dev.shallot.sweep.Cell;
import dev.shallot.sweep.SweepData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least width that trains, by the number of samples (Song et al. 2021, Figure 1). Each point is
 * a width search in a folder of its own; as many searches run at once as there are cores.
 */
final class LeastWidthFigure implements Figure {
  static final String LEAST = "leastWidth";
  static final String COND = "condWidth";

  @Override
  public Results measure(Setup setup, Workshop workshop) {
    Map<Integer, Point> points = Collections.synchronizedMap(new java.util.TreeMap<>());
    for (Part part : setup.parts(workshop.size())) {
      FigureData data = workshop.data(part);
      SweepData source = SweepData.of(data.source());
      List<Cell> cells = part.spec(data.keys()).cells();
      SearchSettings settings =
          new SearchSettings(
              1,
              (int) setup.number(workshop.size(), "widest"),
              (int) setup.number(workshop.size(), "seeds"),
              setup.config().number("success"),
              setup.config().number("goal"));
      AtomicInteger next = new AtomicInteger();
      List<RuntimeException> broken = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < Math.max(1, Runtime.getRuntime().availableProcessors()); i++) {
        threads.add(
            Thread.ofPlatform()
                .name("shallot-search-" + (i + 1))
                .daemon()
                .start(
                    () -> {
                      for (int at = next.getAndIncrement();
                          at < cells.size() && broken.isEmpty() && workshop.goesOn();
                          at = next.getAndIncrement()) {
                        try {
                          points.put(at, search(part, cells.get(at), source, settings, workshop));
                        } catch (RuntimeException e) {
                          broken.add(e);
                        }
                      }
                    }));
      }
      join(threads);
      if (!broken.isEmpty()) {
        throw broken.getFirst();
      }
      if (points.size() < cells.size()) {
        throw new Workshop.Interrupted("the search was ended");
      }
    }
    return new Results(new ArrayList<>(points.values()));
  }

  private static void join(List<Thread> threads) {
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Workshop.Interrupted("the search was interrupted");
      }
    }
  }

  private static Point search(
      Part part, Cell cell, SweepData source, SearchSettings settings, Workshop workshop) {
    PlanDocument plan = cell.plan().withFlags(Map.of("threads", "1"));
    PreparedData prepared = source.prepare(plan);
    String name =
        "%s-%s-n%s"
            .formatted(cell.at().get("init"), cell.at().get("activation"), cell.at().get("rows"));
    WidthSearch.Result result =
        WidthSearch.run(
            plan,
            prepared,
            settings,
            workshop.folder().resolve(name),
            trial -> {
              if (!workshop.goesOn()) {
                throw new Workshop.Interrupted("the search was ended");
              }
            });
    TrainingPlan training = plan.trainingPlan();
    OptionalLong condition =
        ConditionWidth.estimate(
            Samples.of(prepared.train()),
            prepared.train().y(),
            training.initialization(),
            training.initScale(),
            training.activation(),
            1.0,
            Team.ALONE);
    Map<String, String> at = new LinkedHashMap<>();
    at.put(Point.PART, part.name());
    at.putAll(cell.at());
    at.put("line", "%s, %s".formatted(cell.at().get("activation"), cell.at().get("init")));
    Map<String, double[]> measured = new LinkedHashMap<>();
    measured.put(
        LEAST, new double[] {result.width().isPresent() ? result.width().getAsInt() : Double.NaN});
    measured.put(COND, new double[] {condition.isPresent() ? condition.getAsLong() : Double.NaN});
    workshop.told("%s: m* = %s".formatted(name, Said.of(measured.get(LEAST)[0])));
    return new Point(at, measured);
  }

  /** The slope of log m on log n over the most samples, at most four of them. */
  static double slope(Results line, String quantity) {
    List<double[]> pairs = new ArrayList<>();
    for (Point point : line.points()) {
      double n = Double.parseDouble(point.label("rows"));
      if (Double.isNaN(point.number(quantity))) {
        return Double.NaN;
      }
      pairs.add(new double[] {Math.log(n), Math.log(point.number(quantity))});
    }
    List<double[]> last = pairs.subList(Math.max(0, pairs.size() - 4), pairs.size());
    return last.size() < 3
        ? Double.NaN
        : Trends.slope(
            last.stream().mapToDouble(p -> p[0]).toArray(),
            last.stream().mapToDouble(p -> p[1]).toArray());
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      verdicts.add(judge(predicate, results));
    }
    return verdicts;
  }

  /** Every line is less steep than the limit. */
  static Verdict judge(Predicate predicate, Results results) {
    String quantity = predicate.limits().text("quantity", LEAST);
    List<String> lines = results.labels("line");
    double[] slopes =
        lines.stream().mapToDouble(l -> slope(results.where("line", l), quantity)).toArray();
    List<String> unknown = new ArrayList<>();
    boolean holds = true;
    for (int i = 0; i < slopes.length; i++) {
      if (Double.isNaN(slopes[i])) {
        unknown.add(lines.get(i));
      } else {
        holds &= slopes[i] <= predicate.limit("most");
      }
    }
    if (unknown.size() == lines.size()) {
      return Verdict.unknown(
          predicate.id(),
          predicate.says(),
          "a slope needs at least 3 numbers of samples with a width");
    }
    return Verdict.of(
        predicate.id(),
        holds,
        predicate.says(),
        "slopes "
            + Said.pairs(lines, slopes)
            + (unknown.isEmpty()
                ? ""
                : "; not known where some n found no width up to the widest"));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Plate> plates = new ArrayList<>();
    List<Double> ticks = results.labels("rows").stream().map(Double::valueOf).sorted().toList();
    for (String quantity : List.of(LEAST, COND)) {
      List<Lines.Series> lines = new ArrayList<>();
      StringBuilder csv = new StringBuilder("line,samples,width\n");
      for (String label : results.labels("line")) {
        Results line = results.where("line", label);
        double[] x = Grid.numbers(line.labels("rows"));
        double[] y = line.points().stream().mapToDouble(p -> p.number(quantity)).toArray();
        for (int i = 0; i < x.length; i++) {
          csv.append(String.format(Locale.ROOT, "\"%s\",%.0f,%s\n", label, x[i], y[i]));
        }
        if (Arrays.stream(y).anyMatch(Double::isFinite)) {
          lines.add(Lines.Series.plain(label, x, y));
        }
      }
      boolean least = quantity.equals(LEAST);
      Lines picture =
          new Lines(
              least ? "Least width that trains" : "Width that the condition COND asks for",
              "d = 10, ‖x‖ = √d, labels ±1, both layers"
                  + (least ? "; measured" : "; estimated, sufficient, ours"),
              Axis.log("samples n").at(ticks),
              Axis.log(least ? "least width m*" : "width m"),
              lines,
              List.of());
      plates.add(
          new Plate(
              least ? "least-width" : "condition",
              picture.title() + ". " + picture.setting() + ".",
              picture,
              csv.toString()));
    }
    return plates;
  }
}
