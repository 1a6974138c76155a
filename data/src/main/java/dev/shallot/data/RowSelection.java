package dev.shallot.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of rows.
 *
 * @param from first row, from 0
 * @param to behind the last row
 */
record RowSelection(int from, int to) {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern BLOCK = Pattern.compile("([0-9]{1,9})\\s*:\\s*([0-9]{1,9})");

  /**
   * Reads {@code 100} (the first 100) or {@code 101:200} (1-based, inclusive).
   *
   * @param rows how many there are
   */
  static RowSelection parse(String text, int rows) {
    String trimmed = text.strip();
    Matcher block = BLOCK.matcher(trimmed);
    int first = 1;
    int last;
    if (COUNT.matcher(trimmed).matches()) {
      last = Integer.parseInt(trimmed);
    } else if (block.matches()) {
      first = Integer.parseInt(block.group(1));
      last = Integer.parseInt(block.group(2));
    } else {
      throw new DataException(
          "rows are a number (100) or a block (101:200), but got '" + text + "'");
    }
    if (first < 1 || last < first) {
      throw new DataException(
          "rows are counted from 1 and at least one is needed, but got '" + text + "'");
    }
    if (last > rows) {
      throw new DataException("the rows '" + text + "' are asked for, but there are only " + rows);
    }
    return new RowSelection(first - 1, last);
  }

  /** The rows, from 0. */
  int[] toArray() {
    int[] rows = new int[to - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = from + i;
    }
    return rows;
  }
}
