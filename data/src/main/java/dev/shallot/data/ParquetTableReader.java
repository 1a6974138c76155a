package dev.shallot.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads Parquet through DuckDB, in memory and on one thread: with several, DuckDB does not promise
 * the order of rows. Numbers and booleans become numbers, texts are trimmed and compared with the
 * missing marks, lists of equally many numbers (embeddings) become one column a number, named
 * {@code column[0]}, {@code column[1]} and so on; {@link ColumnSelection} takes {@code column} for
 * all of them.
 */
final class ParquetTableReader {
  private static final Set<String> NUMBERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE",
          "BOOLEAN");

  private final FileSource source;
  private final MissingMarks marks;

  ParquetTableReader(FileSource source, TableFormat format) {
    this.source = source;
    this.marks = new MissingMarks(format.missingMarks());
  }

  Table read() {
    Path file = source.path();
    Path plain = file;
    try {
      // DuckDB takes these characters for a pattern over several files.
      boolean pattern = file.toString().chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0);
      if (pattern) {
        plain = Files.createTempFile("shallot-", ".parquet");
        Files.copy(file, plain, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      try {
        return read(plain);
      } finally {
        if (pattern) {
          Files.deleteIfExists(plain);
        }
      }
    } catch (IOException e) {
      throw FileSource.unreadable(file, e);
    } catch (SQLException e) {
      throw new DataException(file + " cannot be read as Parquet: " + Causes.of(e), e);
    }
  }

  private Table read(Path plain) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      String from = " FROM read_parquet('" + plain.toString().replace("'", "''") + "')";
      int rows = (int) number(statement, "SELECT count(*)" + from);
      if (rows == 0) {
        throw new DataException(source.path() + " has columns, but no row");
      }
      List<Column> columns = new ArrayList<>();
      for (Field field : fields(statement, from)) {
        columns.addAll(read(field, statement, from, rows));
      }
      List<String> notes = List.of("read as Parquet, " + columns.size() + " columns");
      return new Table(source.path(), source.sha256(), true, columns, List.of(), notes);
    }
  }

  private static List<Field> fields(Statement statement, String from) throws SQLException {
    List<Field> fields = new ArrayList<>();
    try (ResultSet result = statement.executeQuery("DESCRIBE SELECT *" + from)) {
      while (result.next()) {
        fields.add(new Field(result.getString(1), result.getString(2)));
      }
    }
    return fields;
  }

  private List<Column> read(Field field, Statement statement, String from, int rows)
      throws SQLException {
    if (isNumber(field.type)) {
      double[] values =
          numbers(statement, "SELECT CAST(" + field.quoted() + " AS DOUBLE)" + from, rows);
      return List.of(new Column.Numbers(field.name, values));
    }
    if (field.type.equals("VARCHAR") || field.type.startsWith("ENUM")) {
      return List.of(texts(field, statement, from, rows));
    }
    if (field.type.matches("[A-Z0-9(), ]*\\[\\d*\\]") && isNumber(elementType(field.type))) {
      return lists(field, statement, from, rows);
    }
    return List.of(
        new Column.Unusable(
            field.name,
            rows,
            "it holds values of type " + field.type + ", and features are numbers or texts"));
  }

  private static boolean isNumber(String type) {
    return NUMBERS.contains(type) || type.startsWith("DECIMAL");
  }

  private static String elementType(String listType) {
    return listType.substring(0, listType.lastIndexOf('['));
  }

  private Column texts(Field field, Statement statement, String from, int rows)
      throws SQLException {
    String[] cells = new String[rows];
    try (ResultSet result =
        statement.executeQuery("SELECT CAST(" + field.quoted() + " AS VARCHAR)" + from)) {
      for (int row = 0; result.next(); row++) {
        String cell = result.getString(1);
        String trimmed = cell == null ? "" : cell.strip();
        cells[row] = marks.contains(trimmed) ? "" : trimmed;
      }
    }
    return Column.ofTexts(field.name, cells);
  }

  private static List<Column> lists(Field field, Statement statement, String from, int rows)
      throws SQLException {
    String list = field.quoted();
    String lengths = "SELECT row_number() OVER () AS row, len(" + list + ") AS len" + from;
    String first = "SELECT row, len FROM (" + lengths + ") WHERE len IS NOT NULL";
    long[] usual = pair(statement, first + " ORDER BY row LIMIT 1");
    long[] other = pair(statement, first + " AND len <> " + usual[1] + " ORDER BY row LIMIT 1");
    if (usual[1] == 0 || other[0] > 0) {
      String reason =
          other[0] > 0
              ? "row %d has a list of %s, and row %d one of %d; features need lists of one length"
                  .formatted(other[0], numbers(other[1]), usual[0], usual[1])
              : "it holds no list with a number in it";
      return List.of(new Column.Unusable(field.name, rows, reason));
    }
    int width = Math.toIntExact(usual[1]);
    String cast = "CAST(" + list + " AS DOUBLE[])";
    String padded =
        "CASE WHEN " + list + " IS NULL THEN list_resize(CAST([] AS DOUBLE[]), " + width + ")";
    double[] flat =
        numbers(
            statement,
            "SELECT unnest(" + padded + " ELSE " + cast + " END)" + from,
            Math.multiplyExact(rows, width));
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = flat[i * width + j];
      }
      columns.add(new Column.Numbers(field.name + "[" + j + "]", values));
    }
    return columns;
  }

  private static double[] numbers(Statement statement, String query, int count)
      throws SQLException {
    double[] values = new double[count];
    try (ResultSet result = statement.executeQuery(query)) {
      for (int row = 0; result.next(); row++) {
        double value = result.getDouble(1);
        values[row] = value == 0.0 && result.wasNull() ? Double.NaN : value;
      }
    }
    return values;
  }

  private static String numbers(long count) {
    return count == 1 ? "1 number" : count + " numbers";
  }

  /** The two numbers of the only row; zeros if there is none. */
  private static long[] pair(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? new long[] {result.getLong(1), result.getLong(2)} : new long[2];
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private record Field(String name, String type) {
    String quoted() {
      return '"' + name.replace("\"", "\"\"") + '"';
    }
  }
}
