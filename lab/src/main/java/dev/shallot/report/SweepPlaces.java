package dev.shallot.report;

import dev.shallot.sweep.Axis;
import dev.shallot.sweep.Cell;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.SeedStatistics;
import dev.shallot.sweep.SweepSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The places of a grid, its seeds taken together: of every quantity the mean over the seeds, its
 * standard error, the spread. Results may come in any order and one by one.
 */
final class SweepPlaces {
  /**
   * Something that is measured of every cell.
   *
   * @param key in documents
   * @param name for people
   * @param of a cell; NaN where it has none
   */
  private record Quantity(String key, String name, ToDoubleFunction<CellResult> of) {}

  /** What is measured of cells of these kinds of error. */
  private static List<Quantity> quantities(Set<ErrorKind> kinds) {
    boolean one = kinds.size() == 1;
    ErrorKind kind = kinds.iterator().next();
    boolean sameScore = kinds.stream().map(ErrorKind::squared).distinct().count() == 1;
    return List.of(
        new Quantity(
            "relative",
            one ? "final error " + kind.relative() : "final error / error of answering 0",
            CellResult::relativeError),
        new Quantity(
            "error", one ? "final error " + kind.formula() : "final error", CellResult::finalError),
        new Quantity(
            "bestAverage",
            "best moving average of " + (one ? kind.formula() : "the error"),
            c -> c.bestAverage().orElse(Double.NaN)),
        new Quantity(
            "heldOut",
            "held-out " + (!sameScore ? "score" : kind.squared() ? "RMSE" : "log loss"),
            c -> c.heldOut().isEmpty() ? Double.NaN : c.heldOut().getFirst().figure()),
        new Quantity("rounds", "rounds taken", c -> c.roundsTaken()),
        new Quantity("seconds", "seconds", CellResult::seconds));
  }

  private final List<Quantity> quantities;

  private final List<Axis> axes;
  private final int seeds;
  private final Map<String, List<Cell>> cellsOfHash = new LinkedHashMap<>();
  private final Map<List<Integer>, Place> places = new LinkedHashMap<>();
  private final int cells;
  private int done;
  private final Set<String> runsDone = new HashSet<>();

  SweepPlaces(SweepSpec spec) {
    this.axes = spec.axes().stream().filter(axis -> !axis.repeats()).toList();
    this.seeds =
        spec.axes().stream().filter(Axis::repeats).mapToInt(a -> a.settings().size()).sum();
    List<Cell> all = spec.cells();
    this.cells = all.size();
    this.quantities =
        quantities(
            all.stream()
                .map(cell -> ErrorKind.of(cell.plan()))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    for (Cell cell : all) {
      cellsOfHash.computeIfAbsent(cell.hash(), hash -> new ArrayList<>()).add(cell);
      places.computeIfAbsent(at(cell), at -> new Place(at)).expected.add(cell.index());
    }
  }

  private List<Integer> at(Cell cell) {
    List<Integer> at = new ArrayList<>();
    for (Axis axis : axes) {
      at.add(labels(axis).indexOf(cell.at().get(axis.name())));
    }
    return at;
  }

  /** How many places the grid has. */
  int size() {
    return places.size();
  }

  /** Takes a finished run; it stands for every cell that has its plan. */
  void add(CellResult result) {
    Kept kept = Kept.of(result, quantities);
    List<Cell> same = cellsOfHash.getOrDefault(result.hash(), List.of());
    if (!same.isEmpty()) {
      runsDone.add(result.hash());
    }
    for (Cell cell : same) {
      Place place = places.get(at(cell));
      if (place != null && place.add(cell.index(), kept)) {
        done++;
      }
    }
  }

  /** Whether every cell is finished. */
  boolean complete() {
    return done == cells;
  }

  /** Finished and planned runs, cells of equal plans counted once. */
  int[] runs() {
    return new int[] {runsDone.size(), cellsOfHash.size()};
  }

  /** All but the seed's. */
  List<Axis> axes() {
    return axes;
  }

  /** The name of a quantity. */
  String name(String key) {
    return quantities.get(index(key)).name();
  }

  /**
   * What the seeds of a place say of a quantity.
   *
   * @param at the index of a label of each of {@link #axes}
   * @param key of the quantity
   */
  SeedStatistics statistics(List<Integer> at, String key) {
    Place place = places.get(at);
    return SeedStatistics.of(place == null ? new double[0] : place.values(index(key)));
  }

  private int index(String key) {
    return quantities.stream().map(Quantity::key).toList().indexOf(key);
  }

  /** As the page's script draws it. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cells", cells);
    tree.put("done", done);
    tree.put("seeds", Math.max(1, seeds));
    tree.put("axes", axes.stream().map(SweepPlaces::axisTree).toList());
    List<Object> measured = new ArrayList<>();
    for (int q = 0; q < quantities.size(); q++) {
      int index = q;
      if (places.values().stream().anyMatch(place -> place.has(index))) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("key", quantities.get(q).key());
        one.put("name", quantities.get(q).name());
        measured.add(one);
      }
    }
    tree.put("quantities", measured);
    tree.put("places", places.values().stream().map(Place::tree).toList());
    return tree;
  }

  private static Map<String, Object> axisTree(Axis axis) {
    List<String> labels = labels(axis);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", axis.name());
    tree.put(
        "symbol",
        dev.shallot.run.PlanKey.of(axis.name())
            .map(key -> Symbols.letters(key.symbol()))
            .filter(symbol -> symbol.length() <= 5)
            .orElse(""));
    tree.put("labels", labels);
    tree.put("numeric", numeric(labels));
    return tree;
  }

  static List<String> labels(Axis axis) {
    return axis.settings().stream().map(Axis.Setting::label).toList();
  }

  /** Whether all labels of an axis are numbers. */
  static boolean numeric(List<String> labels) {
    return labels.stream().allMatch(SweepPlaces::number);
  }

  private static boolean number(String label) {
    try {
      return Double.isFinite(Double.parseDouble(label));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * What is kept of a finished cell: its trace is not, which is most of it.
   *
   * @param values one a quantity, NaN where there is none
   */
  private record Kept(double[] values, boolean diverged, boolean failed) {
    static Kept of(CellResult result, List<Quantity> quantities) {
      return new Kept(
          quantities.stream()
              .mapToDouble(q -> result.diverged() ? Double.NaN : q.of().applyAsDouble(result))
              .toArray(),
          result.diverged(),
          result.failed());
    }
  }

  /** Everything but the seed is the same. */
  private final class Place {
    private final List<Integer> at;
    private final List<Integer> expected = new ArrayList<>();
    private final Map<Integer, Kept> results = new java.util.TreeMap<>();
    private Map<String, Object> tree = Map.of();
    private boolean changed = true;

    private Place(List<Integer> at) {
      this.at = at;
    }

    /** Whether it is the first result of this cell: one that failed may be run again. */
    private boolean add(int cell, Kept result) {
      changed = true;
      return results.put(cell, result) == null;
    }

    private boolean has(int quantity) {
      return results.values().stream().anyMatch(c -> Double.isFinite(c.values()[quantity]));
    }

    /** Made anew only when a result came: the bootstrap takes its time. */
    private Map<String, Object> tree() {
      if (changed) {
        changed = false;
        tree = new LinkedHashMap<>();
        tree.put("at", at);
        tree.put("seeds", expected.size());
        tree.put("done", results.size());
        tree.put("diverged", results.values().stream().filter(Kept::diverged).count());
        tree.put("failed", results.values().stream().filter(Kept::failed).count());
        Map<String, Object> values = new LinkedHashMap<>();
        for (int q = 0; q < quantities.size(); q++) {
          if (has(q)) {
            values.put(quantities.get(q).key(), statistics(q));
          }
        }
        tree.put("values", values);
      }
      return tree;
    }

    private double[] values(int quantity) {
      return results.values().stream().mapToDouble(c -> c.values()[quantity]).toArray();
    }

    private Map<String, Object> statistics(int quantity) {
      double[] values = values(quantity);
      SeedStatistics statistics = SeedStatistics.of(values);
      double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("n", statistics.count());
      one.put("mean", statistics.mean());
      one.put("se", statistics.standardError());
      one.put("sd", statistics.standardError() * Math.sqrt(statistics.count()));
      one.put("min", Arrays.stream(finite).min().orElse(Double.NaN));
      one.put("max", Arrays.stream(finite).max().orElse(Double.NaN));
      one.put("low", statistics.low());
      one.put("high", statistics.high());
      return one;
    }
  }
}
