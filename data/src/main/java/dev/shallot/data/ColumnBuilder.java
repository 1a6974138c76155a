package dev.shallot.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the cells of one column of a text file. A column begins as numbers; when it turns out
 * not to be, {@link #needsText} says so, and the file is read again with this column as text.
 */
final class ColumnBuilder {
  private static final int REMEMBERED_TEXTS = 4096;

  private final String name;
  private final boolean asText;
  private double[] numbers = new double[0];
  private int rows;
  private boolean needsText;
  private final List<String> texts = new ArrayList<>();
  private final Map<String, String> seen = new HashMap<>();

  ColumnBuilder(String name, boolean asText) {
    this.name = name;
    this.asText = asText;
    if (!asText) {
      numbers = new double[1024];
    }
  }

  /** Adds a trimmed cell. */
  void add(String cell, MissingMarks marks) {
    boolean missing = marks.contains(cell);
    if (asText) {
      texts.add(missing ? "" : shared(cell));
      return;
    }
    if (rows == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(2, rows));
    }
    double number = missing ? Double.NaN : Numerals.parse(cell);
    needsText |= !missing && Double.isNaN(number);
    numbers[rows++] = number;
  }

  /** Equal cells share one string, so that a column of few levels costs little. */
  private String shared(String cell) {
    String known = seen.get(cell);
    if (known != null) {
      return known;
    }
    if (seen.size() < REMEMBERED_TEXTS) {
      seen.put(cell, cell);
    }
    return cell;
  }

  /** Whether a cell was neither a number nor missing, in a column read as numbers. */
  boolean needsText() {
    return needsText;
  }

  String name() {
    return name;
  }

  Column build() {
    return asText
        ? new Column.Texts(name, texts.toArray(String[]::new))
        : new Column.Numbers(name, Arrays.copyOf(numbers, rows));
  }
}
