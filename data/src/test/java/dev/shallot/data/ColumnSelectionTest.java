package dev.shallot.data;

import static dev.shallot.data.TestFiles.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnSelectionTest {
  private static Table table(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(new Column.Numbers(name, new double[] {1}));
    }
    return new Table(Path.of("t"), "", true, columns, List.of(), List.of());
  }

  private static int[] select(String text, String... names) {
    return new ColumnSelection(text).resolve(table(names));
  }

  @Test
  void namesPositionsAndRangesMixInTheirOrderEachOnce() {
    assertArrayEquals(new int[] {4, 0, 1, 2}, select("age, 1-3,2", "a", "b", "c", "d", "age"));
  }

  @Test
  void aNameComesBeforeItsReadingAsAPositionOrRange() {
    assertArrayEquals(new int[] {2}, select("1", "a", "b", "1"));
    assertArrayEquals(new int[] {0}, select("1-2", "1-2", "b", "c"));
  }

  @Test
  void namesMayHoldBlanksAndQuotedOnesCommas() {
    assertArrayEquals(new int[] {1, 0}, select("free sulfur, \"a, b\"", "a, b", "free sulfur"));
    assertArrayEquals(new int[] {0}, select("a, b", "a, b", "c"));
    assertArrayEquals(new int[] {0}, select("\"say \"\"x\"\"\"", "say \"x\"", "c"));
  }

  @Test
  void doubledBlanksInANameNeedNotBeTyped() {
    assertArrayEquals(new int[] {1}, select("Water (kg)", "a", "Water  (kg)"));
  }

  @Test
  void anUnknownNameIsRefusedWithCloseOnesOrTheList() {
    refused(() -> select("agge", "height", "age"), "no column 'agge'", "'age'");
    refused(() -> select("quality2", "quality", "alcohol"), "'quality'");
    refused(() -> select("zzz", "height", "age"), "the columns are height, age");
    refused(() -> select("\"1\"", "height", "age"), "no column '1'");
  }

  @Test
  void whatIsOutsideTheTableOrBackwardsOrEmptyIsRefused() {
    refused(() -> select("0", "a"), "no column 0", "1 to 1");
    refused(() -> select("1-4", "a", "b"), "no column 4", "1 to 2");
    refused(() -> select("2-1", "a", "b"), "backwards", "1-2");
    refused(() -> select("a,,b", "a", "b"), "empty name");
    refused(() -> select("", "a", "b"), "empty name");
  }
}
