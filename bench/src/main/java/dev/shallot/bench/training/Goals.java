package dev.shallot.bench.training;

import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was to be reached, beside what was. */
public final class Goals {
  private static final double XI_FACTOR = 1.7;
  private static final double THREAD_FACTOR = 1.8;
  private static final double CELL_SECONDS = 3.0;

  private final StringBuilder text = new StringBuilder();

  private Goals() {}

  /** The table; what was not measured is left out. */
  public static String block(Results grid, Results scaling, Results process) {
    Goals goals = new Goals();
    goals.text.append(
        """
        | goal, on this machine | measured | |
        |---|---:|---|
        """);
    goals.ratios(new GridTable(grid));
    if (!scaling.rows().isEmpty()) {
      goals.curves(new ScalingTable(scaling));
    }
    if (!process.rows().isEmpty()) {
      goals.cell(process);
    }
    return goals.text.toString();
  }

  private void add(String goal, String measured, boolean reached) {
    text.append(
        "| %s | %s | %s |\n".formatted(goal, measured, reached ? "reached" : "not reached"));
  }

  private void ratios(GridTable grid) {
    for (Load load : List.of(Load.ROUND, Load.STEP)) {
      for (String shape : grid.shapes(load)) {
        boolean small = shape.startsWith("A");
        if (small) {
          ratio(grid, shape, load, Who.DJL_MASKED, 20);
        }
        ratio(grid, shape, load, Who.DJL_GATHERED, small ? 8 : 4);
      }
    }
  }

  /** Two threads; the rival with as many threads as suit it. */
  private void ratio(GridTable grid, String shape, Load load, Who rival, double goal) {
    Optional<Double> ours = grid.millis(shape, load, Who.AUTO, 2);
    Optional<Double> theirs = grid.best(shape, load, List.of(rival));
    if (ours.isPresent() && theirs.isPresent()) {
      double ratio = theirs.get() / ours.get();
      add(
          "shape %s, %s: at least %.0f times as fast as %s"
              .formatted(shape, load.label, goal, rival.label),
          Page.ratio(ratio) + "×",
          ratio >= goal);
    }
  }

  private void curves(ScalingTable scaling) {
    for (String shape : scaling.shapes()) {
      double[] xi = scaling.values(shape, Axis.KEEP);
      int upper = ScalingWords.upper(xi);
      double factor = ScalingWords.halving(scaling, shape, Who.AUTO, xi, upper);
      add(
          "shape %s: halving xi from %s to %s makes a round at least %s times as fast"
              .formatted(shape, xi[upper], xi[upper - 1], XI_FACTOR),
          "%.2f×".formatted(factor),
          factor >= XI_FACTOR);
    }
    for (String shape : scaling.shapes()) {
      double least = Double.POSITIVE_INFINITY;
      List<String> each = new ArrayList<>();
      for (double p : scaling.values(shape, Axis.SUBNETS)) {
        if (p >= 2) {
          double factor =
              scaling.millis(shape, Axis.SUBNETS, Who.AUTO, 1, p)
                  / scaling.millis(shape, Axis.SUBNETS, Who.AUTO, 2, p);
          least = Math.min(least, factor);
          each.add("p = %.0f: %.2f×".formatted(p, factor));
        }
      }
      add(
          "shape %s: two threads at least %s times as fast as one, from p = 2 on"
              .formatted(shape, THREAD_FACTOR),
          String.join(", ", each),
          least >= THREAD_FACTOR);
    }
  }

  private void cell(Results process) {
    Row first = process.rows().getFirst();
    for (ProcessSection.Turn turn : List.of(ProcessSection.Turn.LIBRARY, ProcessSection.Turn.CLI)) {
      double seconds = ProcessPage.median(ProcessPage.seconds(process, turn.name()));
      add(
          "a grid cell (m = 4000, n = 100, p = 10, tau = 5, K = %s) below %.0f s as a whole process: %s"
              .formatted(first.text("rounds"), CELL_SECONDS, turn.label),
          "%.2f s".formatted(seconds),
          seconds < CELL_SECONDS);
    }
  }
}
