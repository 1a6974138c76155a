package dev.shallot.sweep;

import dev.shallot.run.ClassScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A sweep with its seeds taken together: one row for each place that differs in another axis than
 * {@code seed}.
 *
 * @param axes names of the axes but the seed's
 * @param rows in the grid's order
 */
public record Summary(List<String> axes, List<Row> rows) {

  /**
   * The seeds of one place.
   *
   * @param at labels, one an axis of the summary
   * @param error final errors ||Y - u||^2
   * @param bestAverage best moving averages; empty unless the plateau rule is on
   * @param heldOut RMSE of the first target on held-out rows, or the log loss of classes; empty
   *     without such rows
   * @param accuracy of classes on held-out rows; empty of numbers
   * @param rounds how many rounds were done, the mean
   * @param diverged how many seeds diverged
   * @param failed how many failed
   */
  public record Row(
      Map<String, String> at,
      SeedStatistics error,
      Optional<SeedStatistics> bestAverage,
      Optional<SeedStatistics> heldOut,
      Optional<SeedStatistics> accuracy,
      double rounds,
      int diverged,
      int failed) {}

  /** The summary of finished cells. A diverged cell's error counts as none. */
  public static Summary of(SweepSpec spec, List<CellResult> cells) {
    List<String> axes =
        spec.axes().stream().filter(axis -> !axis.repeats()).map(Axis::name).toList();
    Map<Map<String, String>, List<CellResult>> groups = new LinkedHashMap<>();
    for (CellResult cell : cells) {
      Map<String, String> at = new LinkedHashMap<>();
      axes.forEach(axis -> at.put(axis, cell.at().getOrDefault(axis, "")));
      groups.computeIfAbsent(at, key -> new ArrayList<>()).add(cell);
    }
    List<Row> rows = new ArrayList<>();
    groups.forEach((at, seeds) -> rows.add(row(at, seeds)));
    return new Summary(axes, rows);
  }

  private static Row row(Map<String, String> at, List<CellResult> seeds) {
    boolean averages = seeds.stream().anyMatch(c -> c.bestAverage().isPresent());
    boolean classes = seeds.stream().anyMatch(c -> Double.isFinite(accuracy(c)));
    boolean heldOut = seeds.stream().anyMatch(c -> !c.heldOut().isEmpty());
    return new Row(
        at,
        over(seeds, CellResult::finalError),
        averages
            ? Optional.of(over(seeds, c -> c.bestAverage().orElse(Double.NaN)))
            : Optional.empty(),
        heldOut
            ? Optional.of(
                over(
                    seeds,
                    c -> c.heldOut().isEmpty() ? Double.NaN : c.heldOut().getFirst().figure()))
            : Optional.empty(),
        classes ? Optional.of(over(seeds, Summary::accuracy)) : Optional.empty(),
        seeds.stream().mapToLong(CellResult::roundsTaken).average().orElse(0.0),
        (int) seeds.stream().filter(CellResult::diverged).count(),
        (int) seeds.stream().filter(CellResult::failed).count());
  }

  private static double accuracy(CellResult cell) {
    return !cell.heldOut().isEmpty() && cell.heldOut().getFirst() instanceof ClassScore score
        ? score.accuracy()
        : Double.NaN;
  }

  private static SeedStatistics over(List<CellResult> seeds, ToDoubleFunction<CellResult> value) {
    return SeedStatistics.of(
        seeds.stream()
            .mapToDouble(c -> c.diverged() ? Double.NaN : value.applyAsDouble(c))
            .toArray());
  }

  /** The row with the smallest mean error; empty if none has one. */
  public Optional<Row> best() {
    Optional<Row> best = Optional.empty();
    for (Row row : rows) {
      if (Double.isFinite(row.error().mean())
          && (best.isEmpty() || row.error().mean() < best.get().error().mean())) {
        best = Optional.of(row);
      }
    }
    return best;
  }

  /** As {@code --json} prints it. */
  public List<Map<String, Object>> toList() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("at", row.at());
      map.put("error", statistics(row.error()));
      row.bestAverage().ifPresent(s -> map.put("bestAverage", statistics(s)));
      String heldOut = row.accuracy().isPresent() ? "heldOutLogLoss" : "heldOutRmse";
      row.heldOut().ifPresent(s -> map.put(heldOut, statistics(s)));
      row.accuracy().ifPresent(s -> map.put("heldOutAccuracy", statistics(s)));
      map.put("rounds", row.rounds());
      map.put("diverged", row.diverged());
      map.put("failed", row.failed());
      list.add(map);
    }
    return list;
  }

  private static Map<String, Object> statistics(SeedStatistics statistics) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seeds", statistics.count());
    map.put("mean", statistics.mean());
    finite(statistics.standardError()).ifPresent(value -> map.put("standardError", value));
    finite(statistics.low())
        .ifPresent(low -> map.put("interval95", List.of(low, statistics.high())));
    return map;
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
