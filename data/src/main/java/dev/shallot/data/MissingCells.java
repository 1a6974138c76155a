package dev.shallot.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds missing cells in columns, drops what the policy drops, refuses what it refuses. */
final class MissingCells {
  private static final int SHOWN = 8;

  private MissingCells() {}

  /** The columns without a missing cell; the others are named in a note. */
  static int[] completeColumns(Table table, int[] columns, List<String> notes) {
    int[] complete = Arrays.stream(columns).filter(j -> table.column(j).missing() == 0).toArray();
    int dropped = columns.length - complete.length;
    if (dropped > 0) {
      int[] incomplete =
          Arrays.stream(columns).filter(j -> table.column(j).missing() > 0).toArray();
      notes.add(
          "left out %s of %s feature columns, which have missing cells: %s"
              .formatted(dropped, columns.length, counts(table, incomplete)));
    }
    if (complete.length == 0) {
      throw new DataException(
          "no feature is left: every feature column has missing cells; fill them with --missing"
              + " mean, median or zero, or leave rows out with --missing drop-rows");
    }
    return complete;
  }

  /** The rows (of those given) without a missing cell in any of the columns. */
  static int[] completeRows(Table table, int[] columns, int[] rows) {
    return Arrays.stream(rows)
        .filter(row -> Arrays.stream(columns).noneMatch(j -> table.column(j).isMissing(row)))
        .toArray();
  }

  /** Refuses missing cells in features. */
  static void refuse(Table table, int[] columns) {
    int[] incomplete = Arrays.stream(columns).filter(j -> table.column(j).missing() > 0).toArray();
    if (incomplete.length > 0) {
      throw new DataException(
          "cells are missing in %s of %s feature columns: %s; choose what becomes of them: --missing drop-columns|drop-rows|mean|median|zero"
              .formatted(incomplete.length, columns.length, counts(table, incomplete)));
    }
  }

  /** Refuses missing cells in targets. */
  static void refuseInTargets(Table table, int[] targets) {
    int[] incomplete = Arrays.stream(targets).filter(j -> table.column(j).missing() > 0).toArray();
    if (incomplete.length > 0) {
      throw new DataException(
          "target cells are missing: %s; rows without a target can only be left out: --missing drop-rows"
              .formatted(counts(table, incomplete)));
    }
  }

  private static String counts(Table table, int[] columns) {
    List<String> parts = new ArrayList<>();
    for (int j : Arrays.copyOf(columns, Math.min(columns.length, SHOWN))) {
      parts.add("'" + table.column(j).name() + "' (" + table.column(j).missing() + ")");
    }
    String text = String.join(", ", parts);
    return columns.length > SHOWN ? text + " and " + (columns.length - SHOWN) + " more" : text;
  }
}
