package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The predicates about heat maps (docs/figures.md), each a function of a grid alone. */
final class HeatPredicates {
  private HeatPredicates() {}

  /** Which way along a grid. */
  enum Along {
    /** Down a column: the row's label grows. */
    ROWS,
    /** Along a row: the column's label grows. */
    COLUMNS
  }

  /**
   * Whether values go with a label everywhere: at each label of the other axis, Spearman's
   * correlation is at most the limit {@code spearman} if that is negative, at least it if positive.
   */
  static Verdict trend(Predicate predicate, Grid grid, Along along, String across) {
    double limit = predicate.limit("spearman");
    boolean rows = along == Along.ROWS;
    List<String> lines = rows ? grid.columns() : grid.rows();
    double[] label = Grid.numbers(rows ? grid.rows() : grid.columns());
    if (label.length < 3) {
      return Verdict.unknown(
          predicate.id(),
          predicate.says(),
          "a trend needs at least 3 values, but there are " + label.length);
    }
    List<String> found = new ArrayList<>();
    int holding = 0;
    for (int i = 0; i < lines.size(); i++) {
      double rho = Trends.spearman(label, rows ? grid.column(i) : grid.row(i));
      boolean holds = limit < 0 ? rho <= limit : rho >= limit;
      holding += holds ? 1 : 0;
      found.add("%s: %s".formatted(lines.get(i), Said.of(rho)));
    }
    return Verdict.of(
        predicate.id(),
        holding == lines.size(),
        predicate.says(),
        "holds at %d of %d; Spearman at %s = %s"
            .formatted(holding, lines.size(), across, String.join(", ", found)));
  }

  /** Whether one column is the smallest of each row, up to the part {@code slack}. */
  static Verdict least(Predicate predicate, Grid grid, String column) {
    int c = grid.columns().indexOf(column);
    if (c < 0) {
      return Verdict.unknown(predicate.id(), predicate.says(), "no run has xi = " + column);
    }
    double slack = predicate.limit("slack");
    double worst = 0;
    String where = "";
    for (int r = 0; r < grid.rows().size(); r++) {
      double[] row = grid.row(r);
      double ratio = row[c] / Arrays.stream(row).min().orElse(Double.NaN);
      if (!(ratio <= worst)) {
        worst = ratio;
        where = grid.rows().get(r);
      }
    }
    return Verdict.of(
        predicate.id(),
        worst <= 1 + slack,
        predicate.says(),
        String.format(
            Locale.ROOT,
            "the column is at most %.4f times its row's minimum (worst at row %s)",
            worst,
            where));
  }

  /** Whether all values of some columns are within a part {@code slack} of a number. */
  static Verdict pinned(Predicate predicate, double[] values, double number, String what) {
    if (values.length == 0) {
      return Verdict.unknown(predicate.id(), predicate.says(), "nothing was measured there");
    }
    double worst = Arrays.stream(values).map(v -> Math.abs(v / number - 1)).max().orElse(0);
    return Verdict.of(
        predicate.id(),
        worst <= predicate.limit("slack"),
        predicate.says(),
        "%s = %s; measured %s".formatted(what, Said.of(number), Said.list(values)));
  }
}
