package dev.shallot.data;

import java.util.List;

/** Reads target columns. */
final class LabelReader {
  private LabelReader() {}

  /**
   * Y in the file's units, rows x outputs, row-major; all finite. A target of classes has an output
   * a class, 1 where the cell is that class and 0 elsewhere.
   *
   * @param positions the column (from 0) of each target
   * @param targets what they are
   */
  static double[] read(Table table, int[] positions, List<TargetColumn> targets) {
    int outputs = targets.stream().mapToInt(TargetColumn::outputs).sum();
    double[] labels = new double[Math.multiplyExact(table.rows(), outputs)];
    for (int j = 0; j < positions.length; j++) {
      Column column = table.column(positions[j]);
      List<String> classes = targets.get(j).classes();
      if (!classes.isEmpty()) {
        // It is the only target.
        for (int row = 0; row < table.rows(); row++) {
          labels[row * outputs + Classes.index(table, column, row, classes)] = 1.0;
        }
        continue;
      }
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
            "target '%s' is text ('%s', ...), and targets of the squared loss are numbers; to tell classes apart, train with --loss cross-entropy"
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
