package dev.shallot.query;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The runs and sweeps at and below a folder as tables of a database in memory: {@code cells},
 * {@code traces} and {@code runs}, those that have rows. The files are read once, when the store is
 * opened; after that the database is cut off from files and network for good, so no query can read
 * or write anything outside of it.
 */
public final class ResultStore implements AutoCloseable {
  private final List<StoreTable> tables;
  private final Connection connection;
  private final Optional<Path> scratch;

  private ResultStore(List<StoreTable> tables, Connection connection, Optional<Path> scratch) {
    this.tables = tables;
    this.connection = connection;
    this.scratch = scratch;
  }

  /**
   * Opens a folder.
   *
   * @throws RunException if it holds neither run nor sweep, or one is damaged
   */
  public static ResultStore open(Path folder) {
    return open(folder, Optional.empty());
  }

  /**
   * The same, with one file that the store may write: where a result goes as Parquet.
   *
   * @param scratch a file that does not exist; the caller moves it where it belongs
   */
  public static ResultStore open(Path folder, Optional<Path> scratch) {
    List<StoreTable> tables = StoreTables.of(folder);
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      try {
        for (StoreTable table : tables) {
          load(connection, table);
        }
        lock(connection, scratch);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      return new ResultStore(tables, connection, scratch);
    } catch (SQLException e) {
      throw new RunException("cannot open %s for queries: %s".formatted(folder, words(e)), e);
    }
  }

  private static void load(Connection connection, StoreTable table) throws SQLException {
    List<String> columns = new ArrayList<>();
    table.columns().forEach((name, c) -> columns.add(quoted(name) + " " + c.type()));
    try (Statement statement = connection.createStatement()) {
      // One thread: rows come in one order, and a result has the same bytes everywhere.
      statement.execute("SET threads = 1");
      statement.execute("CREATE TABLE %s (%s)".formatted(table.name(), String.join(", ", columns)));
    }
    DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
    try (DuckDBAppender appender =
        duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table.name())) {
      for (Map<String, Object> row : table.rows()) {
        append(appender, table, row);
      }
    }
  }

  private static void append(DuckDBAppender appender, StoreTable table, Map<String, Object> row)
      throws SQLException {
    appender.beginRow();
    for (Map.Entry<String, StoreTable.Column> column : table.columns().entrySet()) {
      Optional<Object> value =
          Optional.ofNullable(row.get(column.getKey()))
              .flatMap(v -> StoreTable.convert(v, column.getValue().type()));
      switch (value.orElse("")) {
        case Long whole -> appender.append(whole.longValue());
        case Double number -> appender.append(number.doubleValue());
        case Object text -> {
          if (value.isPresent()) {
            appender.append(text.toString());
          } else {
            appender.appendNull();
          }
        }
      }
    }
    appender.endRow();
  }

  private static void lock(Connection connection, Optional<Path> scratch) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (scratch.isPresent()) {
        statement.execute("SET allowed_paths = [" + literal(scratch.get()) + "]");
      }
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  /** DuckDB's words without the name of the class and the stack behind them. */
  private static String words(SQLException e) {
    return String.valueOf(e.getMessage()).strip();
  }

  /**
   * A column that can be asked for.
   *
   * @param table cells, traces or runs
   * @param name of the column
   * @param type as SQL calls it
   * @param meaning one line
   */
  public record ColumnInfo(String table, String name, String type, String meaning) {}

  /** All columns of all tables. */
  public List<ColumnInfo> columns() {
    List<ColumnInfo> infos = new ArrayList<>();
    for (StoreTable table : tables) {
      table
          .columns()
          .forEach(
              (name, c) ->
                  infos.add(new ColumnInfo(table.name(), name, c.type().name(), c.meaning())));
    }
    return infos;
  }

  /** How many rows a table has. */
  public long rows(String table) {
    return tables.stream()
        .filter(t -> t.name().equals(table))
        .mapToLong(t -> t.rows().size())
        .sum();
  }

  /**
   * Asks.
   *
   * @param sql one statement that gives a table
   * @throws RunException in DuckDB's words
   */
  public QueryResult query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData meta = result.getMetaData();
      List<String> names = new ArrayList<>();
      List<Boolean> numeric = new ArrayList<>();
      for (int j = 1; j <= meta.getColumnCount(); j++) {
        names.add(meta.getColumnLabel(j));
        numeric.add(
            meta.getColumnTypeName(j)
                .matches("(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)"));
      }
      List<List<Optional<Object>>> rows = new ArrayList<>();
      while (result.next()) {
        List<Optional<Object>> row = new ArrayList<>(names.size());
        for (int j = 1; j <= names.size(); j++) {
          row.add(Optional.ofNullable(result.getObject(j)));
        }
        rows.add(row);
      }
      return new QueryResult(names, numeric, rows);
    } catch (SQLException e) {
      throw new RunException("the query failed: " + words(e), e);
    }
  }

  /**
   * Writes a result as Parquet into the file that the store was opened with.
   *
   * @throws RunException in DuckDB's words
   */
  public void writeParquet(String sql) {
    String file = literal(scratch.orElseThrow());
    String query = sql.strip().replaceFirst(";\\s*$", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("COPY (\n" + query + "\n) TO " + file + " (FORMAT parquet)");
    } catch (SQLException e) {
      throw new RunException("the query failed: " + words(e), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
      if (scratch.isPresent()) {
        Files.deleteIfExists(scratch.get());
      }
    } catch (SQLException e) {
      throw new RunException("cannot close the store: " + words(e), e);
    } catch (IOException e) {
      throw new RunException("cannot clean up: " + AtomicFile.reason(e), e);
    }
  }
}
