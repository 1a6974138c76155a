package dev.shallot.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.function.Executable;

/** What several tests need. */
final class TestFiles {
  private TestFiles() {}

  /** A file of the shared data sets, beside the repository's root; skips the test when absent. */
  static Path shared(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path data = folder.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return data.resolve(name);
      }
    }
    assumeTrue(false, "skipped: there is no folder shared/data beside the repository");
    throw new IllegalStateException();
  }

  static Path write(Path folder, String name, String text) {
    return writeBytes(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path writeBytes(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Table read(Path folder, String text) {
    return Table.read(write(folder, "table.csv", text), TableFormat.detect());
  }

  static double[] numbers(Table table, int column) {
    return ((Column.Numbers) table.column(column)).values();
  }

  static String[] texts(Table table, int column) {
    return ((Column.Texts) table.column(column)).cells();
  }

  /** Fails unless the action is refused with a message that holds all these parts. */
  static void refused(Executable action, String... parts) {
    String message = String.valueOf(assertThrows(DataException.class, action).getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "no '" + part + "' in: " + message);
    }
    assertTrue(!message.contains("%"), () -> "an unfilled place in: " + message);
  }
}
