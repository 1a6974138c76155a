package dev.shallot.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are written whole or not at all: into a temporary neighbour, forced to the disk, then
 * moved into place, and the folder forced too.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; does not close. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a new file.
   *
   * @throws DataException if it exists, or cannot be written; nothing is left behind then
   */
  public static void create(Path file, Content content) {
    refuseExisting(file);
    write(file, content, false);
  }

  /**
   * Writes a file, in place of one that may exist.
   *
   * @throws DataException if it cannot be written; what was there stays then
   */
  public static void replace(Path file, Content content) {
    write(file, content, true);
  }

  private static void refuseExisting(Path file) {
    if (Files.exists(file)) {
      throw new DataException(existing(file));
    }
  }

  private static String existing(Path file) {
    return file + " exists already and is not overwritten: remove it or name another";
  }

  private static void write(Path file, Content content, boolean overwrite) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new DataException("cannot write " + file + ": there is no folder " + folder);
    }
    String unique = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    Path temporary = folder.resolve("." + file.getFileName() + "." + unique + ".tmp");
    try {
      try {
        fill(temporary, content);
        if (overwrite) {
          Files.move(
              temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
          moveToNew(temporary, file);
        }
      } finally {
        Files.deleteIfExists(temporary);
      }
      forceFolder(folder);
    } catch (IOException e) {
      throw new DataException("cannot write " + file + ": " + Causes.of(e), e);
    }
  }

  private static void fill(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                temporary,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      content.write(out);
      out.flush();
      channel.force(true);
    }
  }

  /** A hard link fails when the name is taken, so that two writers cannot both win. */
  private static void moveToNew(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw new DataException(existing(file), e);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // File systems without hard links: the check and the move are two steps there.
      refuseExisting(file);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems cannot open a folder; the file itself is on the disk already.
      return;
    }
  }
}
