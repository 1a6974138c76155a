package dev.shallot.data;

import static dev.shallot.data.TestFiles.refused;
import static dev.shallot.data.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void aNewFileIsWrittenWholeAndAnExistingOneIsKept() throws IOException {
    Path file = folder.resolve("a");
    AtomicFile.create(file, out -> out.write(new byte[] {'x'}));
    assertEquals("x", Files.readString(file));
    refused(() -> AtomicFile.create(file, out -> out.write('y')), "exists already");
    assertEquals("x", Files.readString(file));
    assertEquals(1, files());
  }

  @Test
  void aFileCanBeReplaced() throws IOException {
    Path file = write(folder, "a", "old");
    AtomicFile.replace(file, out -> out.write('n'));
    assertEquals("n", Files.readString(file));
    assertEquals(1, files());
  }

  @Test
  void aWriterThatFailsLeavesNothingAndWhatWasThereStays() throws IOException {
    Path file = write(folder, "a", "old");
    refused(
        () ->
            AtomicFile.replace(
                file,
                out -> {
                  out.write('n');
                  throw new IOException("the disk is full");
                }),
        "cannot write",
        "the disk is full");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.create(
                folder.resolve("b"),
                out -> {
                  throw new IllegalStateException();
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(1, files());
  }

  @Test
  void ordinaryPermissionsAreKept() throws IOException {
    Path plain = write(folder, "plain", "x");
    Path file = folder.resolve("a");
    AtomicFile.create(file, out -> out.write('x'));
    assertEquals(Files.getAttribute(plain, "unix:mode"), Files.getAttribute(file, "unix:mode"));
  }
}
