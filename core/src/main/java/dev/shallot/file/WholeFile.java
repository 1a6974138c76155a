package dev.shallot.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file whole or not at all: into a hidden temporary beside it, forced to the disk, then
 * moved into place, and the folder forced too. Whoever looks sees the old file or the new one, also
 * after a crash; what goes wrong leaves no temporary behind.
 *
 * <p>The one mechanism for every file of this project. It speaks {@link IOException}; each module
 * says what that means to its users.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all, from position 0 on; does not close. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a new file.
   *
   * @throws FileAlreadyExistsException if there is one, also if another writer was faster
   */
  public static void create(Path file, Content content) throws IOException {
    refuseExisting(file);
    write(file, content, Probe.NONE, WholeFile::moveToNew);
  }

  /** How far the writing of a file is. */
  public enum Stage {
    /** All is handed to the system, in the temporary. */
    WRITTEN,
    /** It is on the disk. */
    FORCED,
    /** It has its name. */
    MOVED
  }

  /** Sees a file being written; tests end the process there. */
  @FunctionalInterface
  public interface Probe {
    /** Nobody looks. */
    Probe NONE = (stage, temporary) -> {};

    /** A stage is reached. */
    void reached(Stage stage, Path temporary) throws IOException;
  }

  /** Writes a file, in place of one that may exist. */
  public static void replace(Path file, Content content) throws IOException {
    replace(file, content, Probe.NONE);
  }

  /** As {@link #replace(Path, Content)}, with somebody looking. */
  public static void replace(Path file, Content content, Probe probe) throws IOException {
    write(
        file,
        content,
        probe,
        (temporary, to) ->
            Files.move(
                temporary,
                to,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
  }

  @FunctionalInterface
  private interface Move {
    void into(Path temporary, Path file) throws IOException;
  }

  private static void write(Path file, Content content, Probe probe, Move move) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    Path folder = parent == null ? absolute : parent;
    String unique = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    Path temporary = folder.resolve("." + file.getFileName() + "." + unique + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.write(channel);
        probe.reached(Stage.WRITTEN, temporary);
        channel.force(true);
        probe.reached(Stage.FORCED, temporary);
      }
      move.into(temporary, absolute);
      probe.reached(Stage.MOVED, temporary);
    } finally {
      deleteQuietly(temporary);
    }
    forceFolder(folder);
  }

  private static void refuseExisting(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /** A hard link fails when the name is taken, so that two writers cannot both win. */
  private static void moveToNew(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // File systems without hard links: the check and the move are two steps there.
      refuseExisting(file);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The first error is the one to tell.
    }
  }

  /** A new name survives a power cut only once its folder is on the disk. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems cannot open a folder; the file itself is on the disk already.
    }
  }
}
