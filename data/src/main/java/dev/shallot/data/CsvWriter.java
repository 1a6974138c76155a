package dev.shallot.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a table as comma-separated text. */
final class CsvWriter {
  private CsvWriter() {}

  static void write(Table table, Path file) {
    for (int j = 0; j < table.columns(); j++) {
      if (table.column(j) instanceof Column.Unusable unusable) {
        throw new DataException(
            "column '" + unusable.name() + "' cannot be written: " + unusable.reason());
      }
    }
    AtomicFile.create(file, out -> write(table, out));
  }

  private static void write(Table table, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    for (int j = 0; j < table.columns(); j++) {
      writer.write(j == 0 ? "" : ",");
      writer.write(quoted(table.column(j).name(), table.columns() == 1));
    }
    writer.write('\n');
    for (int i = 0; i < table.rows(); i++) {
      for (int j = 0; j < table.columns(); j++) {
        writer.write(j == 0 ? "" : ",");
        writer.write(cell(table.column(j), i, table.columns() == 1));
      }
      writer.write('\n');
    }
    writer.flush();
  }

  private static String cell(Column column, int row, boolean alone) {
    if (column.isMissing(row)) {
      // An empty line would be no row.
      return alone ? "\"\"" : "";
    }
    return switch (column) {
      case Column.Numbers numbers -> number(numbers.values()[row]);
      case Column.Texts texts -> quoted(texts.cells()[row], alone);
      case Column.Unusable unusable -> throw new IllegalStateException(unusable.name());
    };
  }

  /** Whole numbers without a point, as people write them. */
  static String number(double value) {
    long whole = (long) value;
    boolean plain = whole == value && Math.abs(value) < 1e15 && (whole != 0 || 1 / value > 0);
    return plain ? Long.toString(whole) : Double.toString(value);
  }

  private static String quoted(String text, boolean alone) {
    boolean plain =
        text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && text.strip().equals(text)
            && !(alone && text.isEmpty());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
