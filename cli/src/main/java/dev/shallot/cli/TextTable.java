package dev.shallot.cli;

import java.util.ArrayList;
import java.util.List;

/** A table as lines of text: numbers to the right, texts to the left, two blanks between. */
final class TextTable {
  private final List<String> names = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column. */
  TextTable column(String name, boolean alignRight) {
    names.add(name);
    right.add(alignRight);
    return this;
  }

  /** Adds a row with a text a column. */
  void row(List<String> cells) {
    rows.add(cells);
  }

  /** Header and rows. */
  List<String> lines() {
    int[] widths = names.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = Math.max(widths[j], row.get(j).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(names, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int j = 0; j < widths.length; j++) {
      String cell = cells.get(j);
      String blanks = " ".repeat(widths[j] - cell.length());
      line.append(j > 0 ? "  " : "").append(right.get(j) ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }
}
