package dev.shallot.data;

import java.nio.file.Path;
import java.util.List;

/** The content of a file: named columns of numbers or text. Immutable. */
public final class Table {
  private final Path source;
  private final String sha256;
  private final boolean named;
  private final List<Column> columns;
  private final List<Integer> declaredTargets;
  private final List<String> notes;

  Table(
      Path source,
      String sha256,
      boolean named,
      List<Column> columns,
      List<Integer> declaredTargets,
      List<String> notes) {
    this.source = source;
    this.sha256 = sha256;
    this.named = named;
    this.columns = List.copyOf(columns);
    this.declaredTargets = List.copyOf(declaredTargets);
    this.notes = List.copyOf(notes);
  }

  /** Reads a file: text, Parquet or NPZ, told apart by its first bytes and its name. */
  public static Table read(Path file, TableFormat format) {
    return Pending.value();
  }

  /** Number of rows, without a header. */
  public int rows() {
    return columns.get(0).rows();
  }

  /** Number of columns. */
  public int columns() {
    return columns.size();
  }

  /** One name a column, all different. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** A column, from 0. */
  public Column column(int index) {
    return columns.get(index);
  }

  /** Whether the names come from the file; otherwise they are c1, c2 and so on. */
  public boolean named() {
    return named;
  }

  /** Columns (from 0) that the file itself calls targets: Y of an NPZ, y of a built-in set. */
  public List<Integer> declaredTargets() {
    return declaredTargets;
  }

  /** What was detected while reading, one sentence each. */
  public List<String> notes() {
    return notes;
  }

  /** The file; for a built-in set, a made-up name that tells how it was made. */
  public Path source() {
    return source;
  }

  /** SHA-256 of the file's bytes, or of a built-in set's numbers, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The table of these rows (0-based), in this order. */
  public Table selectRows(int[] rows) {
    return Pending.value();
  }

  /** Writes a CSV file with a header, whole or not at all; an existing file is refused. */
  public void writeCsv(Path file) {
    Pending.<Object>value();
  }
}
