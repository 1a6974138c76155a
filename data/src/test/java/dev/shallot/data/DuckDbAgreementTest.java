package dev.shallot.data;

import static dev.shallot.data.TestFiles.shared;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our reader of text beside an independent one, cell by cell. */
class DuckDbAgreementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "communities/communities.data|,|false",
        "concrete/Concrete_Data.csv|,|true",
        "concrete/Concrete_Data_full_precision.csv|,|true",
        "ccpp/Folds5x2_pp.csv|,|true",
        "wine/winequality-white.csv|;|true",
        "airfoil/airfoil_self_noise.dat|tab|false",
        "abalone/abalone.data|,|false",
        "energy/ENB2012_data.csv|,|true",
        "optdigits/optdigits.tra|,|false",
        "banknote/data_banknote_authentication.txt|,|false",
      })
  void bothReadersSeeTheSameCells(String name, String separator, boolean header)
      throws SQLException {
    Path file = shared(name);
    Table table = Table.read(file, TableFormat.detect());
    StringBuilder columns = new StringBuilder();
    for (int j = 0; j < table.columns(); j++) {
      columns.append(j == 0 ? "" : ",").append("'c").append(j).append("': 'VARCHAR'");
    }
    String delimiter = separator.equals("tab") ? "\t" : separator;
    String query =
        "SELECT * FROM read_csv('%s', auto_detect=false, delim='%s', quote='\"', escape='\"', header=%s, columns={%s})"
            .formatted(file, delimiter, header, columns);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      try (ResultSet result = statement.executeQuery(query)) {
        int row = 0;
        for (; result.next(); row++) {
          for (int j = 0; j < table.columns(); j++) {
            assertSame(result.getString(j + 1), table.column(j), row);
          }
        }
        assertEquals(row, table.rows());
      }
    }
  }

  private static void assertSame(String expected, Column column, int row) {
    String trimmed = expected == null ? "" : expected.strip();
    boolean missing = TableFormat.DEFAULT_MISSING_MARKS.contains(trimmed);
    assertEquals(missing, column.isMissing(row));
    if (!missing) {
      switch (column) {
        case Column.Numbers numbers ->
            assertEquals(Double.parseDouble(trimmed), numbers.values()[row]);
        case Column.Texts texts -> assertEquals(trimmed, texts.cells()[row]);
        case Column.Unusable unusable -> throw new AssertionError(unusable.reason());
      }
    }
  }
}
