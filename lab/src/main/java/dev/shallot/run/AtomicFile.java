package dev.shallot.run;

import dev.shallot.file.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of a run that are written whole or not at all, see {@link WholeFile}. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes or replaces a file.
   *
   * @throws RunException if that fails; the file is then as it was
   */
  public static void write(Path file, WholeFile.Content content) {
    write(file, content, WholeFile.Probe.NONE);
  }

  /**
   * Writes a new file.
   *
   * @throws RunException if it exists, or cannot be written; nothing is left behind then
   */
  public static void create(Path file, WholeFile.Content content) {
    try {
      WholeFile.create(file, content);
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, reason(e)), e);
    }
  }

  /** As {@link #write(Path, WholeFile.Content)}, with somebody looking. */
  static void write(Path file, WholeFile.Content content, WholeFile.Probe probe) {
    try {
      WholeFile.replace(file, content, probe);
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, reason(e)), e);
    }
  }

  /** Writes or replaces a text file in UTF-8. */
  public static void write(Path file, String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    write(
        file,
        channel -> {
          java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /** What went wrong with a file, in words: the JDK's message is often just the path. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileAlreadyExistsException there -> there.getFile() + " exists already";
      case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
      case java.nio.charset.CharacterCodingException binary ->
          "it is not text in UTF-8, so it is another kind of file or damaged";
      case java.nio.file.NotDirectoryException no -> no.getFile() + " is not a folder";
      default -> String.valueOf(e.getMessage());
    };
  }
}
