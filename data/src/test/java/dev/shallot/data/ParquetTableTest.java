package dev.shallot.data;

import static dev.shallot.data.TestFiles.numbers;
import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestFiles.texts;
import static dev.shallot.data.TestFiles.write;
import static dev.shallot.data.TestFiles.writeBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  @TempDir Path folder;

  private Path parquet(String name, String query) throws Exception {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  private Table read(String query) throws Exception {
    return Table.read(parquet("t.parquet", query), TableFormat.detect());
  }

  @Test
  void numbersBooleansAndTextsBecomeColumns() throws Exception {
    Table table =
        read(
            "SELECT * FROM (VALUES (1, 1.5::DOUBLE, true, ' x ', 2.25::DECIMAL(8,2), '1'),"
                + " (NULL, 'NaN'::DOUBLE, false, '?', NULL, NULL), (3, -2, NULL, 'y', 1, '2'))"
                + " t(i, d, b, s, m, n)");
    assertEquals(List.of("i", "d", "b", "s", "m", "n"), table.names());
    double nan = Double.NaN;
    assertArrayEquals(new double[] {1, nan, 3}, numbers(table, 0));
    assertArrayEquals(new double[] {1.5, nan, -2}, numbers(table, 1));
    assertArrayEquals(new double[] {1, 0, nan}, numbers(table, 2));
    assertArrayEquals(new String[] {"x", "", "y"}, texts(table, 3));
    assertArrayEquals(new double[] {2.25, nan, 1}, numbers(table, 4));
    assertArrayEquals(new double[] {1, nan, 2}, numbers(table, 5));
  }

  @Test
  void listsOfOneLengthBecomeOneColumnANumber() throws Exception {
    Table table =
        read(
            "SELECT * FROM (VALUES (1, [1, 2]::FLOAT[], [5, 6]::DOUBLE[2]), (2, NULL, [7, 8]),"
                + " (3, [3, NULL], [9, 10])) t(y, e, f)");
    assertEquals(List.of("y", "e[0]", "e[1]", "f[0]", "f[1]"), table.names());
    assertArrayEquals(new double[] {1, Double.NaN, 3}, numbers(table, 1));
    assertArrayEquals(new double[] {2, Double.NaN, Double.NaN}, numbers(table, 2));
    assertArrayEquals(new double[] {6, 8, 10}, numbers(table, 4));
  }

  @Test
  void columnsOfOtherKindsAreRefusedOnlyWhenUsed() throws Exception {
    Table table =
        read(
            "SELECT i AS y, i AS x, CASE WHEN i = 1 THEN [1] ELSE [1, 2] END AS ragged,"
                + " {'a': i} AS pair FROM range(4) t(i)");
    DataPlan all = DataPlan.paper(Optional.of("y"));
    refused(
        () -> PreparedData.prepare(table, all),
        "'ragged'",
        "row 2 has a list of 1 number",
        "row 1 one of 2");
    DataPlan some = TestPlans.with(all).exclude("ragged").plan();
    refused(() -> PreparedData.prepare(table, some), "'pair'", "STRUCT");
    DataPlan good =
        TestPlans.with(all).exclude("ragged,pair").missing(MissingPolicy.ZERO).rows("2:4").plan();
    assertEquals(3, PreparedData.prepare(table, good).train().samples());
  }

  @Test
  void theNameOfAColumnOfListsStandsForAllItsNumbers() throws Exception {
    Table table =
        read("SELECT i AS y, i AS other, [i, i + 1, i * i]::FLOAT[] AS emb FROM range(1, 10) t(i)");
    PreparedData data = TestPlans.paper("y").features("emb").prepare(table);
    assertEquals(List.of("emb[0]", "emb[1]", "emb[2]"), data.facts().featureNames());
    assertEquals(
        List.of("other"),
        TestPlans.paper("y").exclude("emb").prepare(table).facts().featureNames());
    assertEquals(
        List.of("emb[1]"),
        TestPlans.paper("y").features("emb[1]").prepare(table).facts().featureNames());
    Table longer = read("SELECT i AS y, i AS other, [i, 1, 2, 3] AS emb FROM range(9) t(i)");
    refused(() -> data.preprocessing().features(longer), "'emb'", "have 4 numbers", "had 3");
    Table shorter = read("SELECT i AS y, i AS other, [i, 1] AS emb FROM range(9) t(i)");
    refused(() -> data.preprocessing().features(shorter), "'emb'", "have 2 numbers", "had 3");
    // As many columns as the training table had, for the others are not there.
    Table instead = read("SELECT [i, 1, 2, 3, 4] AS emb FROM range(9) t(i)");
    refused(() -> data.preprocessing().features(instead), "'emb'", "have 5 numbers", "had 3");
    PreparedData part = TestPlans.paper("y").features("emb[0],emb[1]").prepare(table);
    assertEquals(18, part.preprocessing().features(table).length);
    refused(() -> part.preprocessing().features(instead), "'emb'", "have 5 numbers", "had 3");
    // Without the target and the other column, and with the rows in the file's order.
    Table alone = read("SELECT [i, i + 1, i * i] AS emb FROM range(8, 0, -1) t(i)");
    assertEquals(
        8.0 / Math.sqrt(64 + 81 + 64 * 64), data.preprocessing().features(alone)[0], 1e-15);
  }

  @Test
  void emptyListsAreRefusedWhenUsed() throws Exception {
    Table table = read("SELECT i AS y, []::FLOAT[] AS emb FROM range(3) t(i)");
    refused(() -> TestPlans.paper("y").prepare(table), "'emb'", "no list with a number");
  }

  @Test
  void infiniteNumbersAreRefusedWithTheirRowWhenUsed() throws Exception {
    Table table =
        read(
            "SELECT i AS y, CASE WHEN i = 2 THEN 'inf'::DOUBLE ELSE i END AS x FROM range(4) t(i)");
    refused(
        () -> PreparedData.prepare(table, DataPlan.paper(Optional.of("y"))),
        "'x'",
        "row 3",
        "Infinity");
  }

  @Test
  void theOrderOfManyRowsIsTheFiles() throws Exception {
    double[] values = numbers(read("SELECT i AS a, i % 7 AS b FROM range(300000) t(i)"), 0);
    for (int i = 0; i < values.length; i++) {
      assertEquals(i, values[i]);
    }
  }

  @Test
  void oddFileNamesAreNoPatterns() throws Exception {
    parquet("w1.parquet", "SELECT 1 AS a");
    Files.move(parquet("w2.parquet", "SELECT 2 AS a"), folder.resolve("w[1]'*.parquet"));
    Table table = Table.read(folder.resolve("w[1]'*.parquet"), TableFormat.detect());
    assertArrayEquals(new double[] {2}, numbers(table, 0));
  }

  @Test
  void parquetIsKnownByItsFirstBytesWhateverItsName() throws Exception {
    Path file = Files.move(parquet("t.parquet", "SELECT 1 AS a"), folder.resolve("t.dat"));
    assertEquals(1, Table.read(file, TableFormat.detect()).rows());
  }

  @Test
  void damagedAndEmptyFilesAreRefused() throws Exception {
    Path text = write(folder, "text.parquet", "a,b\n1,2\n");
    refused(() -> Table.read(text, TableFormat.detect()), "text.parquet", "PAR1");
    byte[] bytes = Files.readAllBytes(parquet("t.parquet", "SELECT 1 AS a"));
    Path cut = writeBytes(folder, "cut.parquet", java.util.Arrays.copyOf(bytes, 40));
    refused(() -> Table.read(cut, TableFormat.detect()), "cut.parquet", "as Parquet");
    Path none = parquet("none.parquet", "SELECT 1 AS a WHERE false");
    refused(() -> Table.read(none, TableFormat.detect()), "none.parquet", "no row");
  }
}
