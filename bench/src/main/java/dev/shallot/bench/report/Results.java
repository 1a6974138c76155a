package dev.shallot.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The raw results of a section: a CSV file whose first lines, behind a number sign, are the facts
 * that the numbers mean little without. Cells hold no commas.
 *
 * @param facts about the machine and the run, in order
 * @param rows what was measured, in order; all have the same columns
 */
public record Results(Map<String, String> facts, List<Row> rows) {

  /**
   * One measurement.
   *
   * @param cells by column, in order
   */
  public record Row(Map<String, String> cells) {
    /** A cell; empty where there is none. */
    public String text(String column) {
      return cells.getOrDefault(column, "");
    }

    /** A cell that holds a number. */
    public double number(String column) {
      String text = text(column);
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, with the other numbers that are none.
      }
      throw new IllegalStateException(
          "column %s holds \"%s\", not a number, in %s".formatted(column, text, cells));
    }

    /** Whether a cell says this. */
    public boolean is(String column, Object value) {
      return text(column).equals(value.toString());
    }
  }

  /** A row of columns and values that take turns. */
  public static Row row(Object... columnsAndValues) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < columnsAndValues.length; i += 2) {
      cells.put(
          columnsAndValues[i].toString(), columnsAndValues[i + 1].toString().replace(',', ';'));
    }
    return new Row(cells);
  }

  /** Rows of a kind. */
  public List<Row> where(Predicate<Row> condition) {
    return rows.stream().filter(condition).toList();
  }

  /** Writes the file. */
  public void write(Path file) {
    List<String> lines = new ArrayList<>();
    facts.forEach((name, value) -> lines.add("# " + name + ": " + value));
    if (!rows.isEmpty()) {
      lines.add(String.join(",", rows.getFirst().cells().keySet()));
      rows.forEach(row -> lines.add(String.join(",", row.cells().values())));
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the file; empty where there is none. */
  public static Results read(Path file) {
    Map<String, String> facts = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return new Results(facts, rows);
    }
    List<String> columns = List.of();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : lines.toList()) {
        if (line.startsWith("# ")) {
          int colon = line.indexOf(": ");
          facts.put(line.substring(2, colon), line.substring(colon + 2));
        } else if (columns.isEmpty()) {
          columns = List.of(line.split(",", -1));
        } else {
          String[] cells = line.split(",", -1);
          Map<String, String> row = new LinkedHashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), cells[i]);
          }
          rows.add(new Row(row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Results(facts, rows);
  }
}
