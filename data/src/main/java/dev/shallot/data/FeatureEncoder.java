package dev.shallot.data;

import java.util.List;

/** Turns columns into numbers: n x (sum of widths), row-major, NaN where a cell is missing. */
final class FeatureEncoder {
  private FeatureEncoder() {}

  /**
   * Encodes all rows of a table.
   *
   * @param table where the columns are
   * @param positions the column (from 0) of each input
   * @param inputs how each is encoded
   */
  static double[] encode(Table table, int[] positions, List<InputColumn> inputs) {
    int width = width(inputs);
    int rows = table.rows();
    if ((long) rows * width > Integer.MAX_VALUE - 8) {
      throw new DataException(
          rows + " rows of " + width + " features are more than one array can hold (2^31 numbers)");
    }
    double[] encoded = new double[rows * width];
    int offset = 0;
    for (int k = 0; k < positions.length; k++) {
      InputColumn input = inputs.get(k);
      Column column = table.column(positions[k]);
      for (int row = 0; row < rows; row++) {
        int at = row * width + offset;
        if (input.numeric()) {
          encoded[at] = number(table, column, row);
        } else {
          oneHot(input, table, column, row, encoded, at);
        }
      }
      offset += input.width();
    }
    return encoded;
  }

  /** Encoded features of a row. */
  static int width(List<InputColumn> inputs) {
    return inputs.stream().mapToInt(InputColumn::width).sum();
  }

  /** A cell of a column that must be numbers; NaN when it is missing. */
  static double number(Table table, Column column, int row) {
    return switch (column) {
      case Column.Numbers numbers -> {
        double value = numbers.values()[row];
        if (Double.isInfinite(value)) {
          throw new DataException(
              "column '%s', row %s: the cell is %s, and numbers must be finite"
                  .formatted(numbers.name(), table.rowNumber(row), value));
        }
        yield value;
      }
      case Column.Texts texts -> TextCells.number(table, texts, row);
      case Column.Unusable unusable -> throw unusable(unusable);
    };
  }

  static DataException unusable(Column.Unusable column) {
    return new DataException("column '" + column.name() + "' cannot be used: " + column.reason());
  }

  private static void oneHot(
      InputColumn input, Table table, Column column, int row, double[] encoded, int at) {
    int levels = input.levels().size();
    if (column.isMissing(row)) {
      java.util.Arrays.fill(encoded, at, at + levels, Double.NaN);
      return;
    }
    String cell =
        switch (column) {
          case Column.Texts texts -> texts.cells()[row];
          case Column.Numbers numbers -> CsvWriter.number(numbers.values()[row]);
          case Column.Unusable unusable -> throw unusable(unusable);
        };
    int level = input.levels().indexOf(cell);
    if (level < 0) {
      throw new DataException(
          "column '%s', row %s: '%s' is none of the values that the training file had: %s"
              .formatted(
                  column.name(), table.rowNumber(row), cell, CloseNames.list(input.levels())));
    }
    encoded[at + level] = 1.0;
  }
}
