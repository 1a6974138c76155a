package dev.shallot.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  private static WholeFile.Content text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void aNewFileIsWrittenAndAnOldOneIsNotTouched() throws IOException {
    Path file = folder.resolve("a");
    WholeFile.create(file, text("one"));
    assertThrows(FileAlreadyExistsException.class, () -> WholeFile.create(file, text("two")));
    assertEquals("one", Files.readString(file));
    WholeFile.replace(file, text("three"));
    assertEquals("three", Files.readString(file));
    assertEquals(List.of("a"), names());
  }

  @Test
  void aFileThatAppearsMeanwhileWins() throws IOException {
    Path file = folder.resolve("a");
    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            WholeFile.create(
                file,
                channel -> {
                  Files.writeString(file, "faster");
                  text("slower").write(channel);
                }));
    assertEquals("faster", Files.readString(file));
    assertEquals(List.of("a"), names());
  }

  @Test
  void whatFailsHalfWayLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("a");
    WholeFile.create(file, text("old"));
    assertThrows(
        IOException.class,
        () ->
            WholeFile.replace(
                file,
                channel -> {
                  text("half").write(channel);
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a"), names());
  }
}
