package dev.shallot.data;

import java.util.List;
import java.util.TreeSet;

/** Reads a target of classes: texts, or whole numbers. */
final class Classes {
  /** A target of more different values is hardly one of classes. */
  static final int MOST = 1_000;

  private static final double EXACT = 0x1p53;

  private Classes() {}

  /**
   * The classes of a column, each once: texts in the order of their characters, numbers by size.
   *
   * @throws DataException if there are fewer than two or too many, or a number is not whole
   */
  static List<String> of(Table table, Column column) {
    List<String> classes =
        switch (column) {
          case Column.Texts texts -> {
            TreeSet<String> found = new TreeSet<>(List.of(texts.cells()));
            found.remove("");
            yield List.copyOf(found);
          }
          case Column.Numbers numbers -> {
            TreeSet<Double> found = new TreeSet<>();
            for (int row = 0; row < numbers.rows(); row++) {
              if (!numbers.isMissing(row)) {
                found.add(whole(table, numbers, row));
              }
            }
            yield found.stream().map(Classes::text).toList();
          }
          case Column.Unusable unusable -> throw FeatureEncoder.unusable(unusable);
        };
    if (classes.size() < 2) {
      throw new DataException(
          "target '%s' has %s: classes are told apart, so there must be two at least"
              .formatted(
                  column.name(),
                  classes.isEmpty() ? "no cell" : "one class, " + classes.getFirst()));
    }
    if (classes.size() > MOST) {
      throw new DataException(
          "target '%s' has %s different values ('%s', '%s', ...), and up to %s classes are told apart: is it a number (loss squared)?"
              .formatted(column.name(), classes.size(), classes.get(0), classes.get(1), MOST));
    }
    return classes;
  }

  private static double whole(Table table, Column.Numbers column, int row) {
    double value = column.values()[row];
    if (value != Math.rint(value) || Math.abs(value) > EXACT) {
      throw new DataException(
          "target '%s', row %s: %s is no class: classes are texts or whole numbers; numbers are learned with the loss squared"
              .formatted(column.name(), table.rowNumber(row), value));
    }
    return value + 0.0;
  }

  private static String text(double whole) {
    return Long.toString((long) whole);
  }

  /**
   * Which class a cell is.
   *
   * @throws DataException if it is missing, or none of the classes
   */
  static int index(Table table, Column column, int row, List<String> classes) {
    if (column.isMissing(row)) {
      throw new DataException(
          "target '%s', row %s: the cell is missing"
              .formatted(column.name(), table.rowNumber(row)));
    }
    String cell =
        switch (column) {
          case Column.Texts texts -> texts.cells()[row];
          case Column.Numbers numbers -> {
            double value = numbers.values()[row];
            yield value == Math.rint(value) && Math.abs(value) <= EXACT
                ? text(value)
                : Double.toString(value);
          }
          case Column.Unusable unusable -> throw FeatureEncoder.unusable(unusable);
        };
    int index = classes.indexOf(cell);
    if (index < 0) {
      throw new DataException(
          "target '%s', row %s: '%s' is none of the classes that were trained on: %s"
              .formatted(column.name(), table.rowNumber(row), cell, CloseNames.list(classes)));
    }
    return index;
  }
}
