package dev.shallot.data;

/** Reads target columns. */
final class LabelReader {
  private LabelReader() {}

  /** Y in the file's units, rows x targets, row-major; all finite. */
  static double[] read(Table table, int[] targets) {
    int outputs = targets.length;
    double[] labels = new double[Math.multiplyExact(table.rows(), outputs)];
    for (int j = 0; j < outputs; j++) {
      Column column = table.column(targets[j]);
      refuseText(column);
      for (int row = 0; row < table.rows(); row++) {
        double label = FeatureEncoder.number(table, column, row);
        if (Double.isNaN(label)) {
          throw new DataException(
              "target '%s', row %s: the cell is missing"
                  .formatted(column.name(), table.rowNumber(row)));
        }
        labels[row * outputs + j] = label;
      }
    }
    return labels;
  }

  /** A column with hardly a number is a class, not a target with a wrong cell. */
  private static void refuseText(Column column) {
    if (column instanceof Column.Texts texts) {
      int numbers = 0;
      int cells = 0;
      for (String cell : texts.cells()) {
        cells += cell.isEmpty() ? 0 : 1;
        numbers += Numerals.isNumber(cell) ? 1 : 0;
      }
      if (2 * numbers <= cells) {
        throw new DataException(
            "target '%s' is text ('%s', ...), and targets are numbers; write classes as 0 and 1"
                .formatted(column.name(), firstCell(texts)));
      }
    }
  }

  private static String firstCell(Column.Texts texts) {
    for (String cell : texts.cells()) {
      if (!cell.isEmpty()) {
        return cell;
      }
    }
    return "";
  }
}
