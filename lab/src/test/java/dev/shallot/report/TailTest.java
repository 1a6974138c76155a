package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a growing file has had since one looked last. */
class TailTest {
  @TempDir Path folder;

  private final List<String> seen = new ArrayList<>();
  private final Tail.Lines lines =
      new Tail.Lines() {
        @Override
        public void restart() {
          seen.add("restart");
        }

        @Override
        public void line(byte[] bytes, int from, int length) {
          seen.add(new String(bytes, from, length, StandardCharsets.UTF_8));
        }
      };
  private long time = 1_000_000;

  private List<String> read(Tail tail) throws IOException {
    seen.clear();
    while (tail.read(lines)) {
      // Slice by slice.
    }
    return List.copyOf(seen);
  }

  private Path file() {
    return folder.resolve("log");
  }

  private void write(String text, StandardOpenOption... how) throws IOException {
    Files.writeString(file(), text, how);
    // Two writes in one tick of the clock are told apart here too.
    time += 1000;
    Files.setLastModifiedTime(file(), FileTime.fromMillis(time));
  }

  @Test
  void onlyWholeNewLinesAreTold() throws IOException {
    Tail tail = new Tail(file());
    assertThrows(NoSuchFileException.class, () -> tail.read(lines));
    write("");
    assertEquals(List.of(), read(tail));
    write("a\nb\nc");
    assertEquals(List.of("a", "b"), read(tail));
    assertEquals(List.of(), read(tail));
    write("d\n\ne\n", StandardOpenOption.APPEND);
    assertEquals(List.of("cd", "", "e"), read(tail));
    assertEquals(10, tail.offset());
  }

  @Test
  void aFileThatWasReplacedIsReadFromItsStart() throws IOException {
    Tail tail = new Tail(file());
    write("one\ntwo\nthree\n");
    read(tail);
    write("one\n");
    assertEquals(List.of("restart", "one"), read(tail), "shorter");
    write("new\nand longer\n");
    assertEquals(List.of("restart", "new", "and longer"), read(tail), "longer");
    write("abc\nand longer\n");
    assertEquals(List.of("restart", "abc", "and longer"), read(tail), "as long");
  }

  @Test
  void linesLongerThanASliceAreWhole() throws IOException {
    String longLine = "x".repeat(9_000_000);
    write("a\n" + longLine + "\nb\n");
    Tail tail = new Tail(file());
    List<String> told = read(tail);
    assertEquals(3, told.size());
    assertEquals(9_000_000, told.get(1).length());
    assertFalse(tail.read(lines));
  }
}
