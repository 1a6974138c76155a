package dev.shallot.data;

/** A column of a {@link Table}. Its arrays are for reading only. */
public sealed interface Column {
  /** The header's name, or {@code cN} for the N-th column of a file without one. */
  String name();

  /** Number of cells. */
  int rows();

  /** Whether a cell is missing. */
  boolean isMissing(int row);

  /** How many cells are missing. */
  default int missing() {
    int missing = 0;
    for (int row = 0; row < rows(); row++) {
      missing += isMissing(row) ? 1 : 0;
    }
    return missing;
  }

  /** A column of these trimmed texts, "" where missing: of numbers when they all are numbers. */
  static Column ofTexts(String name, String[] cells) {
    double[] values = new double[cells.length];
    for (int row = 0; row < cells.length; row++) {
      values[row] = Numerals.parse(cells[row]);
      if (Double.isNaN(values[row]) && !cells[row].isEmpty()) {
        return new Texts(name, cells);
      }
    }
    return new Numbers(name, values);
  }

  /**
   * Every cell that is not missing is a number.
   *
   * @param name of the column
   * @param values one a row; NaN where missing; infinite only when a binary file said so
   */
  record Numbers(String name, double[] values) implements Column {
    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public boolean isMissing(int row) {
      return Double.isNaN(values[row]);
    }
  }

  /**
   * At least one cell is not a number.
   *
   * @param name of the column
   * @param cells one a row, trimmed; "" where missing
   */
  record Texts(String name, String[] cells) implements Column {
    @Override
    public int rows() {
      return cells.length;
    }

    @Override
    public boolean isMissing(int row) {
      return cells[row].isEmpty();
    }
  }

  /**
   * A column of a kind that no feature can be made of; refused when it is used, and only then.
   *
   * @param name of the column
   * @param rows number of cells
   * @param reason why, as the end of a sentence: "it holds ..."
   */
  record Unusable(String name, int rows, String reason) implements Column {
    @Override
    public boolean isMissing(int row) {
      return false;
    }
  }
}
