package dev.shallot.data;

/** What each sample counts, by a column that says it. */
public final class SampleWeights {
  private SampleWeights() {}

  /**
   * The weights of a table's rows, as they stand there.
   *
   * @param column a name or position, see {@link ColumnSelection}
   * @return one number a row, at least 0
   * @throws DataException if there is no such column, or a cell is missing, no number or below 0
   */
  public static double[] read(Table table, String column) {
    return read(table, index(table, column));
  }

  /** The column, from 0. */
  static int index(Table table, String column) {
    int[] found = new ColumnSelection(column).resolve(table);
    if (found.length != 1) {
      throw new DataException(
          "weights are one column, but '%s' names %s".formatted(column, found.length));
    }
    return found[0];
  }

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
