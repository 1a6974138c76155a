package dev.shallot.data;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What becomes of a column with cells that are no numbers. */
final class TextCells {
  /** More different texts than this are not one-hot encoded. */
  static final int MOST_LEVELS = 32;

  private TextCells() {}

  /**
   * The levels of a column of text, sorted; empty when all used cells are numbers.
   *
   * @param table the whole table
   * @param index of the column, of any kind
   * @param rows the rows that are used; a cell that is no number elsewhere does no harm
   * @throws DataException when most cells are numbers, or there are too many levels
   */
  static List<String> levels(Table table, int index, int[] rows) {
    if (!(table.column(index) instanceof Column.Texts column)) {
      return List.of();
    }
    int bad = firstNonNumber(column, rows);
    if (bad < 0) {
      return List.of();
    }
    long cells = Arrays.stream(column.cells()).filter(cell -> !cell.isEmpty()).count();
    long numbers = Arrays.stream(column.cells()).filter(Numerals::isNumber).count();
    long commas = Arrays.stream(column.cells()).filter(Numerals::hasDecimalComma).count();
    if (2 * (numbers + commas) > cells && commas > 0 && isDecimalComma(column, bad)) {
      throw new DataException(
          "%s: numbers are read with a decimal point, and this one has a comma; rewrite the file"
              .formatted(where(table, column, bad)));
    }
    if (2 * numbers > cells) {
      throw mixed(table, column, bad, numbers, cells);
    }
    TreeSet<String> levels = new TreeSet<>(Arrays.asList(column.cells()));
    levels.remove("");
    if (levels.size() > MOST_LEVELS) {
      throw new DataException(
          "column '%s' is text with %s different values ('%s', ...); up to %s are one-hot encoded: leave it out with --exclude"
              .formatted(column.name(), levels.size(), abbreviate(levels.first()), MOST_LEVELS));
    }
    return List.copyOf(levels);
  }

  private static boolean isDecimalComma(Column.Texts column, int row) {
    return Numerals.hasDecimalComma(column.cells()[row]);
  }

  private static DataException mixed(
      Table table, Column.Texts column, int row, long numbers, long cells) {
    String cell = abbreviate(column.cells()[row]);
    return new DataException(
        "%s is not a%s number, but %s of the column's %s cells are; if it means missing, say so with --na \"%s\", otherwise correct it or leave the column out with --exclude"
            .formatted(
                where(table, column, row),
                namesNoFinite(cell) ? " finite" : "",
                numbers,
                cells,
                cell));
  }

  /** Whether a text spells infinity or "not a number". */
  private static boolean namesNoFinite(String cell) {
    return cell.matches("(?i)[+-]?(inf|infinity|nan)");
  }

  /**
   * The number in a used cell of a column that must be numbers.
   *
   * @return NaN when the cell is missing
   */
  static double number(Table table, Column.Texts column, int row) {
    String cell = column.cells()[row];
    double number = Numerals.parse(cell);
    if (!cell.isEmpty() && Double.isNaN(number)) {
      boolean spelled = namesNoFinite(cell);
      throw new DataException(
          where(table, column, row) + (spelled ? " is not a finite number" : " is not a number"));
    }
    return number;
  }

  /** The first of the rows whose cell is there and no number; -1 when there is none. */
  private static int firstNonNumber(Column.Texts column, int[] rows) {
    for (int row : rows) {
      String cell = column.cells()[row];
      if (!cell.isEmpty() && !Numerals.isNumber(cell)) {
        return row;
      }
    }
    return -1;
  }

  private static String where(Table table, Column.Texts column, int row) {
    return "column '%s', row %s: '%s'"
        .formatted(column.name(), table.rowNumber(row), abbreviate(column.cells()[row]));
  }

  private static String abbreviate(String cell) {
    return cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
  }
}
