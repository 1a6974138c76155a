package dev.shallot.reproduce;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A heat map's numbers: means over seeds.
 *
 * @param rows labels, from the bottom
 * @param columns labels, from the left
 * @param values rows x columns, row-major; NaN where nothing was measured
 */
record Grid(List<String> rows, List<String> columns, double[] values) {
  Grid {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** The means of a quantity over the points of each pair of labels. */
  static Grid of(
      Results results, String rowAxis, String columnAxis, ToDoubleFunction<Point> quantity) {
    List<String> rows = results.labels(rowAxis);
    List<String> columns = results.labels(columnAxis);
    double[] values = new double[rows.size() * columns.size()];
    for (int r = 0; r < rows.size(); r++) {
      Results row = results.where(rowAxis, rows.get(r));
      for (int c = 0; c < columns.size(); c++) {
        values[r * columns.size() + c] = row.where(columnAxis, columns.get(c)).mean(quantity);
      }
    }
    return new Grid(rows, columns, values);
  }

  double[] row(int r) {
    return Arrays.copyOfRange(values, r * columns.size(), (r + 1) * columns.size());
  }

  double[] column(int c) {
    double[] column = new double[rows.size()];
    for (int r = 0; r < column.length; r++) {
      column[r] = values[r * columns.size() + c];
    }
    return column;
  }

  /** Labels as numbers. */
  static double[] numbers(List<String> labels) {
    return labels.stream().mapToDouble(Double::parseDouble).toArray();
  }

  /** Without some columns and rows. */
  Grid without(List<String> rowLabels, List<String> columnLabels) {
    List<String> keptRows = rows.stream().filter(r -> !rowLabels.contains(r)).toList();
    List<String> keptColumns = columns.stream().filter(c -> !columnLabels.contains(c)).toList();
    double[] kept = new double[keptRows.size() * keptColumns.size()];
    for (int r = 0; r < keptRows.size(); r++) {
      for (int c = 0; c < keptColumns.size(); c++) {
        kept[r * keptColumns.size() + c] =
            values[
                rows.indexOf(keptRows.get(r)) * columns.size()
                    + columns.indexOf(keptColumns.get(c))];
      }
    }
    return new Grid(keptRows, keptColumns, kept);
  }

  /** With a line a cell. */
  String csv(String rowName, String columnName, String valueName) {
    StringBuilder csv = new StringBuilder("%s,%s,%s\n".formatted(rowName, columnName, valueName));
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%s\n",
                rows.get(r),
                columns.get(c),
                values[r * columns.size() + c]));
      }
    }
    return csv.toString();
  }
}
