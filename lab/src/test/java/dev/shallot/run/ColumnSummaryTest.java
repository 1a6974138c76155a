package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnSummaryTest {
  @TempDir Path folder = Path.of("");

  @Test
  void columnsAreSummedUp() throws IOException {
    Path file =
        Files.writeString(folder.resolve("t.csv"), "size,colour\n1,red\n3,blue\n?,red\n5,\n");
    List<ColumnSummary> columns = ColumnSummary.of(Table.read(file, TableFormat.detect()));
    ColumnSummary size = columns.get(0);
    assertEquals("number", size.kind());
    assertEquals(1, size.missing());
    assertEquals(3, size.distinct());
    assertEquals(1.0, size.min());
    assertEquals(3.0, size.mean(), 1e-15);
    assertEquals(5.0, size.max());
    assertEquals(2.0, size.deviation(), 1e-15);
    ColumnSummary colour = columns.get(1);
    assertEquals("text", colour.kind());
    assertEquals(1, colour.missing());
    assertEquals(2, colour.distinct());
    assertEquals("red", colour.levels().get(0));
    assertFalse(colour.toMap().containsKey("mean"));
  }
}
