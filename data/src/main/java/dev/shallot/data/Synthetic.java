package dev.shallot.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Built-in data. Every number is a pure function of (set, labels, rows, features, outputs, seed),
 * the same on every machine. A row's features do not depend on how many rows there are.
 */
public final class Synthetic {
  private Synthetic() {}

  /**
   * Makes a table with columns x1 .. xd and y (or y1 .. yc), which are its declared targets.
   *
   * @param set law of the features
   * @param labels law of the targets
   * @param rows n, at least 1; at most 2,000 for adversarial labels
   * @param features d, at least 1
   * @param outputs c, at least 1
   * @param seed of all randomness
   * @throws DataException for sizes that cannot be
   */
  public static Table generate(
      SyntheticSet set, SyntheticLabels labels, int rows, int features, int outputs, long seed) {
    check("row", rows);
    check("feature", features);
    check("output", outputs);
    if ((long) rows * Math.max(features, outputs) > Integer.MAX_VALUE - 8) {
      throw new DataException(
          rows + " rows of " + features + " features are more than one array can hold");
    }
    double[] x = SyntheticFeatures.draw(set, rows, features, outputs, seed);
    double[] y = SyntheticTargets.draw(set, labels, x, rows, features, outputs, seed);
    if (set == SyntheticSet.EMBEDDING) {
      SyntheticFeatures.normaliseRows(x, rows, features);
    }
    List<Column.Numbers> columns = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      columns.add(column("x" + (j + 1), x, rows, features, j));
    }
    List<Integer> targets = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      targets.add(columns.size());
      columns.add(column(outputs == 1 ? "y" : "y" + (o + 1), y, rows, outputs, o));
    }
    String source =
        "synthetic-%s-%s-%sx%sx%s-seed%s"
            .formatted(word(set), word(labels), rows, features, outputs, seed);
    return Table.of(source, columns, targets);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void check(String what, int count) {
    if (count < 1) {
      throw new DataException("a set needs at least 1 " + what + ", but got " + count);
    }
  }

  private static Column.Numbers column(
      String name, double[] matrix, int rows, int width, int column) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = matrix[i * width + column];
    }
    return new Column.Numbers(name, values);
  }
}
