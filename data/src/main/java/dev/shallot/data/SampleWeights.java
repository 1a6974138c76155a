package dev.shallot.data;

import java.util.Arrays;

/** What each sample counts, by a column that says it. */
final class SampleWeights {
  private SampleWeights() {}

  /**
   * The column, from 0.
   *
   * @param column a name or position, see {@link ColumnSelection}
   */
  static int index(Table table, String column) {
    int[] found = new ColumnSelection(column).resolve(table);
    if (found.length != 1) {
      throw new DataException(
          "weights are one column, but '%s' names %s".formatted(column, found.length));
    }
    return found[0];
  }

  /**
   * The weights of a table's rows, as they stand there.
   *
   * @param index of the column, from 0
   * @return one number a row, at least 0
   * @throws DataException if a cell is missing, no number or below 0
   */
  static double[] read(Table table, int index) {
    Column column = table.column(index);
    double[] weights = new double[table.rows()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = FeatureEncoder.number(table, column, row);
      if (!(weights[row] >= 0.0)) {
        throw new DataException(
            "weights '%s', row %s: %s, and what a sample counts is a number of at least 0"
                .formatted(
                    column.name(),
                    table.rowNumber(row),
                    Double.isNaN(weights[row])
                        ? "the cell is missing"
                        : "it is " + CsvWriter.number(weights[row])));
      }
    }
    return weights;
  }

  /** Refuses rows that are there and all count nothing: they have no mean loss. */
  static void refuseNothing(double[] weights, int[] rows, String name, String which) {
    if (rows.length > 0 && Arrays.stream(rows).noneMatch(row -> weights[row] > 0.0)) {
      throw new DataException(
          "weights '%s' are 0 in all of the %s %s: nothing could be measured on them"
              .formatted(name, rows.length, which));
    }
  }

  /** Multiplies weights so that their mean over some rows is 1, in place. */
  static void normalise(double[] weights, int[] rows, String name) {
    double sum = 0.0;
    for (int row : rows) {
      sum += weights[row];
    }
    double mean = sum / rows.length;
    if (!(mean > 0.0 && Double.isFinite(mean))) {
      throw new DataException(
          "weights '%s' are %s in sum over the %s training rows: nothing could be learned"
              .formatted(name, sum, rows.length));
    }
    for (int row = 0; row < weights.length; row++) {
      weights[row] /= mean;
    }
  }
}
