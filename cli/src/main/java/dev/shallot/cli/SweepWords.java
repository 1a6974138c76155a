package dev.shallot.cli;

import dev.shallot.sweep.Axis;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.SeedStatistics;
import dev.shallot.sweep.Summary;
import dev.shallot.sweep.SweepResult;
import dev.shallot.sweep.SweepSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sweeps as lines of text. */
final class SweepWords {
  private static final int MOST_ROWS = 60;

  private SweepWords() {}

  /** The grid, axis by axis, and the plan that it starts from. */
  static List<String> lines(SweepSpec spec) {
    List<String> lines = new ArrayList<>();
    if (!spec.title().isEmpty()) {
      lines.add("sweep      " + spec.title());
    }
    String head = "grid";
    for (Axis axis : spec.axes()) {
      List<String> labels = axis.settings().stream().map(Axis.Setting::label).toList();
      String shown =
          labels.size() <= 12
              ? String.join(", ", labels)
              : String.join(", ", labels.subList(0, 10)) + ", ... " + labels.getLast();
      lines.add(
          "%-10s %s: %s%s"
              .formatted(
                  head, axis.name(), shown, labels.size() > 4 ? "  (" + labels.size() + ")" : ""));
      head = "";
    }
    spec.amendments()
        .forEach(
            a -> lines.add("           where %s: %s".formatted(pairs(a.when()), pairs(a.set()))));
    Set<String> axes =
        spec.axes().stream().flatMap(a -> a.keys().stream()).collect(Collectors.toSet());
    lines.addAll(Words.plan(spec.base(), axes));
    return lines;
  }

  private static String pairs(java.util.Map<String, String> map) {
    return map.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The seeds of each place taken together. */
  static List<String> summary(SweepResult result, Summary summary, Path folder) {
    List<String> lines = new ArrayList<>();
    if (summary.rows().isEmpty()) {
      return lines;
    }
    boolean averages = summary.rows().stream().anyMatch(r -> r.bestAverage().isPresent());
    boolean heldOut = summary.rows().stream().anyMatch(r -> r.heldOut().isPresent());
    boolean seeds = summary.rows().stream().anyMatch(r -> r.error().count() > 1);
    TextTable table = new TextTable();
    String errors =
        summary.rows().stream().anyMatch(r -> r.accuracy().isPresent()) ? "error" : "||y-u||^2";
    summary.axes().forEach(axis -> table.column(axis, true));
    table.column("seeds", true).column(errors, true);
    if (seeds) {
      table.column("s.e.", true).column("95 % interval", false);
    }
    if (averages) {
      table.column("best average", true);
    }
    boolean classes = summary.rows().stream().anyMatch(r -> r.accuracy().isPresent());
    if (heldOut) {
      table.column(classes ? "held-out log loss" : "held-out RMSE", true);
    }
    if (classes) {
      table.column("accuracy", true);
    }
    table.column("rounds", true).column("", false);
    for (Summary.Row row : summary.rows().subList(0, Math.min(MOST_ROWS, summary.rows().size()))) {
      List<String> cells = new ArrayList<>();
      summary.axes().forEach(axis -> cells.add(row.at().getOrDefault(axis, "")));
      cells.add(Integer.toString(row.error().count()));
      cells.add(number(row.error().mean()));
      if (seeds) {
        cells.add(number(row.error().standardError()));
        cells.add(interval(row.error()));
      }
      if (averages) {
        cells.add(row.bestAverage().map(s -> number(s.mean())).orElse("-"));
      }
      if (heldOut) {
        cells.add(row.heldOut().map(s -> number(s.mean())).orElse("-"));
      }
      if (classes) {
        cells.add(row.accuracy().map(s -> number(s.mean())).orElse("-"));
      }
      cells.add(View.number(row.rounds()));
      cells.add(ends(row));
      table.row(cells);
    }
    lines.add("");
    lines.addAll(table.lines());
    int more = summary.rows().size() - MOST_ROWS;
    if (more > 0) {
      lines.add("... and %s more: shallot query %s".formatted(View.count(more), folder));
    }
    if (seeds) {
      lines.add(
          "s.e.: standard error of the mean over seeds; 95 %: percentile bootstrap of the mean, "
              + SeedStatistics.RESAMPLES
              + " resamples (narrow for few seeds)");
    }
    summary
        .best()
        .filter(best -> !summary.axes().isEmpty())
        .ifPresent(
            best ->
                lines.add(
                    "lowest     %s at %s"
                        .formatted(number(best.error().mean()), pairs(best.at()))));
    lines.add(
        "sweep      %s: %s of %s cells%s"
            .formatted(
                folder,
                View.count(result.cells().size()),
                View.count(result.points()),
                result.complete() ? "" : "; the same command goes on"));
    return lines;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? View.number(value) : "-";
  }

  private static String interval(SeedStatistics statistics) {
    return Double.isFinite(statistics.low())
        ? "%s .. %s".formatted(View.number(statistics.low()), View.number(statistics.high()))
        : "-";
  }

  private static String ends(Summary.Row row) {
    List<String> ends = new ArrayList<>();
    if (row.diverged() > 0) {
      ends.add(row.diverged() + " diverged");
    }
    if (row.failed() > 0) {
      ends.add(row.failed() + " failed");
    }
    return String.join(", ", ends);
  }

  /** What failed, the first of it in its own words. */
  static String failures(SweepResult result) {
    Optional<CellResult> first = result.cells().stream().filter(CellResult::failed).findFirst();
    String where =
        first
            .map(
                cell ->
                    "%s: %s"
                        .formatted(cell.at().isEmpty() ? "it" : pairs(cell.at()), cell.message()))
            .orElse("");
    return "%d %s failed; at %s"
        .formatted(result.failures(), result.failures() == 1 ? "run" : "runs", where);
  }
}
