package dev.shallot.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file whole or not at all: to a hidden temporary beside it, forced to the disk, then
 * renamed over the name. Whoever looks sees the old file or the new one.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a new file through a channel. */
  @FunctionalInterface
  public interface Content {
    /** Writes from position 0 on. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes or replaces a file.
   *
   * @throws RunException if that fails; the file is then as it was
   */
  public static void write(Path file, Content content) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
    Path temporary =
        folder.resolve(".%s.tmp-%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(folder);
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, reason(e)), e);
    } finally {
      deleteQuietly(temporary);
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
      case java.nio.file.NotDirectoryException no -> no.getFile() + " is not a folder";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** A rename survives a power cut only once its folder is on the disk; not every system can. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // A file system that cannot open a folder cannot be asked for more.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The first error is the one to tell.
    }
  }
}
