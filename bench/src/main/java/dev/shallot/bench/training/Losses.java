package dev.shallot.bench.training;

import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a rival is faster than what auto takes, or auto takes the wrong engine. */
public final class Losses {
  private static final double NOTICEABLE = 1.1;

  private Losses() {}

  /** Sentences, one a place; empty if there is none. */
  public static List<String> of(Results gridResults, Results scalingResults) {
    List<String> losses = new ArrayList<>();
    GridTable grid = new GridTable(gridResults);
    for (Load load : Load.values()) {
      for (String shape : grid.shapes(load)) {
        for (int threads : List.of(1, 2)) {
          rivals(losses, grid, shape, load, threads);
        }
      }
    }
    if (!scalingResults.rows().isEmpty()) {
      ScalingTable scaling = new ScalingTable(scalingResults);
      for (String shape : scaling.shapes()) {
        for (Axis axis : Axis.values()) {
          points(losses, scaling, shape, axis);
        }
      }
    }
    return losses;
  }

  private static void rivals(
      List<String> losses, GridTable grid, String shape, Load load, int threads) {
    double ours = grid.millis(shape, load, Who.AUTO, threads).orElse(0.0);
    String where =
        "Shape %s, %s, %d thread%s".formatted(shape, load.label, threads, threads == 1 ? "" : "s");
    for (Who who : Who.values()) {
      double theirs = grid.millis(shape, load, who, threads).orElse(Double.POSITIVE_INFINITY);
      if (who.libtorch() && theirs < ours) {
        losses.add(
            "%s: %s takes %s ms a step, ours %s."
                .formatted(where, who.label, Page.number(theirs), Page.number(ours)));
      }
      if ((who == Who.DENSE || who == Who.GRAM) && NOTICEABLE * theirs < ours) {
        losses.add(
            "%s: auto should have taken %s (%s ms a step in place of %s)."
                .formatted(
                    where,
                    who.name().toLowerCase(Locale.ROOT),
                    Page.number(theirs),
                    Page.number(ours)));
      }
    }
  }

  private static void points(List<String> losses, ScalingTable scaling, String shape, Axis axis) {
    List<String> slower = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (double x : scaling.values(shape, axis)) {
      double ours = scaling.millis(shape, axis, Who.AUTO, 2, x);
      double theirs = scaling.millis(shape, axis, Who.DJL_GATHERED, 2, x);
      String value = Double.toString(x).replaceAll("\\.0$", "");
      if (theirs < ours) {
        slower.add("%s (%.2f×)".formatted(value, theirs / ours));
      }
      double best =
          Math.min(
              scaling.millis(shape, axis, Who.DENSE, 2, x),
              scaling.millis(shape, axis, Who.GRAM, 2, x));
      if (NOTICEABLE * best < ours) {
        wrong.add("%s (%.2f×)".formatted(value, best / ours));
      }
    }
    if (!slower.isEmpty()) {
      losses.add(
          "Shape %s, two threads: libtorch on gathered rows needs less time than ours at %s = %s."
              .formatted(shape, axis.symbol, String.join(", ", slower)));
    }
    if (!wrong.isEmpty()) {
      losses.add(
          "Shape %s, two threads: the engine that auto left would have needed less at %s = %s."
              .formatted(shape, axis.symbol, String.join(", ", wrong)));
    }
  }
}
