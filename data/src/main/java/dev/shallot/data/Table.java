package dev.shallot.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The content of a file: named columns of numbers or text. Immutable. */
public final class Table {
  private final Path source;
  private final String sha256;
  private final boolean named;
  private final List<Column> columns;
  private final List<Integer> declaredTargets;
  private final List<String> notes;
  private final int[] rowNumbers;

  Table(
      Path source,
      String sha256,
      boolean named,
      List<Column> columns,
      List<Integer> declaredTargets,
      List<String> notes) {
    this(source, sha256, named, columns, declaredTargets, notes, new int[0]);
  }

  private Table(
      Path source,
      String sha256,
      boolean named,
      List<Column> columns,
      List<Integer> declaredTargets,
      List<String> notes,
      int[] rowNumbers) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new DataException(source + " names two columns '" + column.name() + "'");
      }
      if (column.rows() != columns.getFirst().rows()) {
        throw new DataException(source + ": column '" + column.name() + "' is of another length");
      }
    }
    this.source = source;
    this.sha256 = sha256;
    this.named = named;
    this.columns = List.copyOf(columns);
    this.declaredTargets = List.copyOf(declaredTargets);
    this.notes = List.copyOf(notes);
    this.rowNumbers = rowNumbers;
  }

  /**
   * Reads a file. Its first bytes and its name tell what it is:
   *
   * <ul>
   *   <li>text, UTF-8, plain or gzipped: comma, semicolon, tab, bar or blanks between cells, with
   *       or without a header, both detected unless the format says; quotes, a byte order mark, any
   *       line ends and blank lines are understood;
   *   <li>Parquet: numbers, booleans, texts, lists of equally many numbers;
   *   <li>NPZ: array X, and y or Y, which become declared targets.
   * </ul>
   *
   * A column whose cells are all numbers or missing is one of numbers; any other is one of text.
   *
   * @throws DataException when there is no such file, it is empty or damaged, a row has more or
   *     fewer cells than the others, two columns have one name
   */
  public static Table read(Path file, TableFormat format) {
    return TableReader.read(file, format);
  }

  /**
   * A table of columns that were made, not read. Its checksum is that of names and cells.
   *
   * @param source a name that tells how; no such file exists
   * @param columns at least one, of equal lengths and different names; their arrays are not copied
   *     and not to be changed any more
   * @param declaredTargets which of them (from 0) are targets
   */
  public static Table of(
      String source, List<? extends Column> columns, List<Integer> declaredTargets) {
    MessageDigest digest = Sha256.begin();
    for (Column column : columns) {
      digest.update((column.name() + "\n").getBytes(StandardCharsets.UTF_8));
      switch (column) {
        case Column.Numbers numbers -> update(digest, numbers.values());
        case Column.Texts texts -> {
          for (String cell : texts.cells()) {
            digest.update((cell + "\n").getBytes(StandardCharsets.UTF_8));
          }
        }
        case Column.Unusable unusable -> throw FeatureEncoder.unusable(unusable);
      }
    }
    return new Table(
        Path.of(source),
        Sha256.hex(digest),
        true,
        List.copyOf(columns),
        declaredTargets,
        List.of("made, not read: " + source));
  }

  /** Columns that are found by position; nothing is recorded of them. */
  static Table unnamed(String source, List<Column> columns) {
    return new Table(Path.of(source), "", false, columns, List.of(), List.of());
  }

  private static void update(MessageDigest digest, double[] values) {
    byte[] word = new byte[Long.BYTES];
    for (double value : values) {
      long bits = Double.doubleToLongBits(value);
      for (int i = 0; i < word.length; i++) {
        word[i] = (byte) (bits >>> (8 * i));
      }
      digest.update(word);
    }
  }

  /** Number of rows, without a header. */
  public int rows() {
    return columns.getFirst().rows();
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

  /** Columns (from 0) that the file itself calls targets: y of an NPZ, y of a built-in set. */
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

  /** SHA-256 of the file's bytes, or of a built-in set's numbers, in lower-case hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The table of these rows (from 0), in this order, with the same source and checksum. */
  public Table selectRows(int[] rows) {
    List<Column> selected = new ArrayList<>();
    for (Column column : columns) {
      selected.add(select(column, rows));
    }
    int[] numbers = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      numbers[i] = rowNumber(rows[i]);
    }
    return new Table(source, sha256, named, selected, declaredTargets, notes, numbers);
  }

  /** The number, from 1 and without a header, that a row (from 0) had in the file. */
  public int rowNumber(int row) {
    return rowNumbers.length == 0 ? row + 1 : rowNumbers[row];
  }

  private static Column select(Column column, int[] rows) {
    return switch (column) {
      case Column.Numbers numbers -> {
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
          values[i] = numbers.values()[rows[i]];
        }
        yield new Column.Numbers(numbers.name(), values);
      }
      case Column.Texts texts -> {
        String[] cells = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
          cells[i] = texts.cells()[rows[i]];
        }
        yield new Column.Texts(texts.name(), cells);
      }
      case Column.Unusable unusable ->
          new Column.Unusable(unusable.name(), rows.length, unusable.reason());
    };
  }

  /**
   * Writes a comma-separated file with a header, in UTF-8, whole or not at all. Numbers are written
   * in their shortest form that reads back the same; missing cells are empty.
   *
   * @throws DataException if the file exists or cannot be written
   */
  public void writeCsv(Path file) {
    CsvWriter.write(this, file);
  }

  @Override
  public String toString() {
    return "Table[" + source + ", " + rows() + " rows x " + columns() + " columns]";
  }
}
