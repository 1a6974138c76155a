package dev.shallot.data;

import static dev.shallot.data.TestFiles.numbers;
import static dev.shallot.data.TestFiles.read;
import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestFiles.texts;
import static dev.shallot.data.TestFiles.write;
import static dev.shallot.data.TestFiles.writeBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|", " ", "   ", " \t "})
  void everySeparatorIsDetectedWithAndWithoutAHeader(String separator) {
    String rows = "1,2.5,-3\n4,5,6e2\n7,8,.5\n".replace(",", separator);
    Table bare = read(folder, rows);
    assertEquals(List.of("c1", "c2", "c3"), bare.names());
    assertFalse(bare.named());
    assertArrayEquals(new double[] {-3, 600, 0.5}, numbers(bare, 2));
    Table named = read(folder, "a,b,c\n".replace(",", separator) + rows);
    assertEquals(List.of("a", "b", "c"), named.names());
    assertTrue(named.named());
    assertArrayEquals(new double[] {1, 4, 7}, numbers(named, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyLineEndAndBlankLinesAndAByteOrderMarkAreUnderstood(String end) {
    String text = "\uFEFFa,b\n\n1,2\n   \n3,4\n\t\n\n".replace("\n", end);
    Table table = read(folder, text);
    assertEquals(List.of("a", "b"), table.names());
    assertArrayEquals(new double[] {2, 4}, numbers(table, 1));
  }

  @Test
  void lineEndsMayBeMixedAndTheLastMayBeAbsent() {
    assertArrayEquals(new double[] {2, 4, 6}, numbers(read(folder, "1,2\r\n3,4\n5,6"), 1));
  }

  @Test
  void quotesHoldSeparatorsLineEndsAndQuotes() {
    Table table =
        read(folder, "\"a, b\", \"c \"\"x\"\"\" ,d\n\"1\",\"x\ny\",5\" pipe\n2, \" y \" ,z\n");
    assertEquals(List.of("a, b", "c \"x\"", "d"), table.names());
    assertArrayEquals(new double[] {1, 2}, numbers(table, 0));
    assertArrayEquals(new String[] {"x\ny", "y"}, texts(table, 1));
    assertArrayEquals(new String[] {"5\" pipe", "z"}, texts(table, 2));
  }

  @Test
  void blanksAroundCellsAndNamesAreTrimmed() {
    Table table = read(folder, " a\u00A0,\"b \"\n1 ,  2\n 3,\t4 \n");
    assertEquals(List.of("a", "b"), table.names());
    assertArrayEquals(new double[] {2, 4}, numbers(table, 1));
  }

  @Test
  void missingMarksBecomeMissingCellsInColumnsOfNumbersAndText() {
    Table table = read(folder, "a,b\n1,x\n?,\nNA,-\n N/A ,nan\n2,NULL\n");
    double nan = Double.NaN;
    assertArrayEquals(new double[] {1, nan, nan, nan, 2}, numbers(table, 0));
    assertArrayEquals(new String[] {"x", "", "", "", ""}, texts(table, 1));
    assertEquals(3, table.column(0).missing());
    assertEquals(4, table.column(1).missing());
  }

  @Test
  void missingMarksCanBeChosenEvenAsNumbers() {
    TableFormat format =
        new TableFormat(Optional.empty(), Optional.empty(), List.of("-999", " none "));
    Table table = Table.read(write(folder, "t.csv", "a,b\n-999,1\n2,none\n3,?\n"), format);
    assertArrayEquals(new double[] {Double.NaN, 2, 3}, numbers(table, 0));
    assertArrayEquals(new String[] {"1", "", "?"}, texts(table, 1));
  }

  @Test
  void aColumnOfTextKeepsTheTextOfCellsThatLookLikeNumbers() {
    Table table = read(folder, "a,b\n01,1\n1.0,2\nx,3\n");
    assertArrayEquals(new String[] {"01", "1.0", "x"}, texts(table, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"inf", "-Infinity", "1_000", "0x10", "1d", "1e400", "1,5", "--1", "1e", "."})
  void whatIsNoFiniteDecimalNumberMakesAColumnText(String cell) {
    Table table = read(folder, "1;2\n\"" + cell + "\";4\n5;6\n");
    assertInstanceOf(Column.Texts.class, table.column(0), cell);
    assertInstanceOf(Column.Numbers.class, table.column(1));
  }

  @Test
  void aHeaderlessFileWithATextColumnHasNoHeader() {
    Table table = read(folder, "8,?,Lakewood,0.1\n53,?,Tukwila,0.2\n24,5,Aber,0.3\n");
    assertFalse(table.named());
    assertEquals(3, table.rows());
  }

  @Test
  void aDirtyFirstRowIsNoHeader() {
    assertFalse(read(folder, "1,abc,3\n4,5,6\n7,8,9\n").named());
  }

  @Test
  void aHeaderWithAYearAmongItsNamesIsAHeader() {
    Table table = read(folder, "town,pop,1990\nx,1,2\ny,3,4\n");
    assertEquals(List.of("town", "pop", "1990"), table.names());
  }

  @Test
  void theFormatOverrulesWhatWouldBeDetected() {
    TableFormat header = new TableFormat(Optional.empty(), Optional.of(true), List.of());
    assertEquals(
        List.of("1", "2"), Table.read(write(folder, "t.csv", "1,2\n3,4\n"), header).names());
    TableFormat noHeader = new TableFormat(Optional.of(";"), Optional.of(false), List.of());
    Table table = Table.read(write(folder, "u.csv", "a,b;1\nc,d;2\n"), noHeader);
    assertArrayEquals(new String[] {"a,b", "c,d"}, texts(table, 0));
  }

  @Test
  void separatorsHaveWordsAndNonsenseIsRefused() {
    assertEquals(
        "\t", new TableFormat(Optional.of("tab"), Optional.empty(), List.of()).separator().get());
    assertEquals(
        "whitespace",
        new TableFormat(Optional.of(" "), Optional.empty(), List.of()).separator().get());
    for (String wrong : List.of("", "ab", "\"", "5", ".", "-")) {
      refused(() -> new TableFormat(Optional.of(wrong), Optional.empty(), List.of()), "separator");
    }
  }

  @Test
  void namelessColumnsGetTheirPositionAndAnEmptyLastOneIsLeftOut() {
    Table table = read(folder, ",b,\n1,2,\n3,4,\n");
    assertEquals(List.of("c1", "b"), table.names());
    assertTrue(table.notes().stream().anyMatch(note -> note.contains("last column")));
  }

  @Test
  void oneColumnIsATable() {
    Table table = read(folder, "a\n1\n\n2\n");
    assertEquals(List.of("a"), table.names());
    assertArrayEquals(new double[] {1, 2}, numbers(table, 0));
  }

  @Test
  void oneRowOfNumbersIsATable() {
    assertEquals(1, read(folder, "1,2,3\n").rows());
  }

  @Test
  void gzippedTextIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = writeBytes(folder, "t.csv.gz", bytes.toByteArray());
    assertEquals(List.of("a", "b"), Table.read(file, TableFormat.detect()).names());
  }

  @Test
  void textBeyondTheFirstRecordsStillMakesAColumnText() {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 60_000; i++) {
      text.append(i == 50_000 ? "oops" : "0" + i).append(",1\n");
    }
    String[] cells = texts(read(folder, text.toString()), 0);
    assertEquals("07", cells[7]);
    assertEquals("oops", cells[50_000]);
  }

  @Test
  void aMissingFileAFolderAndAnEmptyFileAreRefused() {
    refused(() -> Table.read(folder.resolve("no.csv"), TableFormat.detect()), "no file", "no.csv");
    refused(() -> Table.read(folder, TableFormat.detect()), "is a folder");
    refused(() -> read(folder, ""), "is empty");
    refused(() -> read(folder, "\uFEFF\n  \n"), "is empty");
  }

  @Test
  void aHeaderWithoutRowsIsRefused() {
    refused(() -> read(folder, "a,b,c\n"), "header (3 names)", "no row");
    TableFormat header = new TableFormat(Optional.empty(), Optional.of(true), List.of());
    refused(() -> Table.read(write(folder, "t.csv", "1,2\n"), header), "no row");
  }

  @Test
  void aRaggedRowIsRefusedWithItsLineAndCounts() {
    refused(
        () -> read(folder, "a,b,c\n\n1,2,3\n4,5\n6,7,8\n"),
        "table.csv, line 4",
        "expected 3 cells",
        "the header has",
        "found 2",
        "'4'");
    refused(() -> read(folder, "1,2\n3,4,5\n6,7\n"), "line 2", "expected 2", "found 3");
    refused(() -> read(folder, "a,b\n\"x\ny\",2\n3\n"), "line 4", "found 1");
  }

  @Test
  void aTitleOrAHeaderThatLeavesAColumnOutIsRefusedAsSuch() {
    refused(
        () -> read(folder, "made by hand\na,b\n1,2\n3,4\n"),
        "first row has 1 cell ('made by hand'",
        "others seen have 2",
        "titles");
    refused(() -> read(folder, "a,b\n1,2,3\n2,3,4\n"), "first row has 2 cells", "have 3");
  }

  @Test
  void aSecondColumnOfTheSameNameIsRefused() {
    refused(() -> read(folder, "a,b, a\n1,2,3\n"), "two columns 'a'", "columns 1 and 3");
  }

  @Test
  void anOpenQuoteIsRefusedWithItsLine() {
    refused(() -> read(folder, "a,b\n1,2\n\"3,4\n5,6\n"), "line 3", "never closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,\"2", "1,\"2\n", "1,\"2\"\"", "1,\"2\"\"\n\n", "\"", "1,\""})
  void aQuoteThatIsOpenWhereTheTextEndsIsNoticed(String last) {
    refused(() -> read(folder, "a,b\n5,6\n7,8\n" + last), "line 4", "never closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,\"2\"", "1,\"2\"\n", "1,\"2\" \n\n", "1,\"2\n\"", "1,2 ", "1, 2\r"})
  void aTextMayEndInManyWays(String last) {
    assertArrayEquals(new double[] {6, 2}, numbers(read(folder, "a,b\n5,6\n" + last), 1));
  }

  @Test
  void charactersBehindAClosingQuoteAreRefusedWithTheirLine() {
    refused(() -> read(folder, "a;b\n1;2\n3;\"4\"x\n5;6\n"), "line 3", "after closing quote");
    refused(() -> read(folder, "\"a\"x,b\n1,2\n"), "line 1", "after closing quote");
  }

  @Test
  void quotedCellsMayStandApartByBlanks() {
    Table table = read(folder, "\"a  b\" \"c\"\n 1   \"x y\"\n2\t\"\" \n");
    assertEquals(List.of("a  b", "c"), table.names());
    assertArrayEquals(new String[] {"x y", ""}, texts(table, 1));
  }

  @Test
  void whatIsNoUtf8TextIsRefused() {
    byte[] latin = "a;b\n1;caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = writeBytes(folder, "latin.csv", latin);
    refused(() -> Table.read(file, TableFormat.detect()), "not UTF-8", "iconv");
    Path utf16 = writeBytes(folder, "utf16.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16));
    refused(() -> Table.read(utf16, TableFormat.detect()), "UTF-16");
    Path binary = writeBytes(folder, "binary.csv", new byte[] {1, 0, 2, 0});
    refused(() -> Table.read(binary, TableFormat.detect()), "no text file");
    Path zip = writeBytes(folder, "book.xlsx", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
    refused(() -> Table.read(zip, TableFormat.detect()), "spreadsheet", "CSV");
  }

  @Test
  void malformedBytesFarIntoAFileAreRefusedWithALine() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append(i).append(";x\n");
    }
    text.append("1;caf\u00e9\n");
    Path file =
        writeBytes(folder, "late.csv", text.toString().getBytes(StandardCharsets.ISO_8859_1));
    refused(() -> Table.read(file, TableFormat.detect()), "not UTF-8", "line ");
  }

  @Test
  void theChecksumIsTheFilesOwn() {
    // printf '1,2\n3,4\n' | sha256sum
    assertEquals(
        "96bbd5de61f36b0e10c5771d180998d066192e8986aa34a8cb7c453f62959274",
        read(folder, "1,2\n3,4\n").sha256());
  }
}
