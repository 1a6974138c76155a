package dev.shallot.data;

import dev.shallot.file.WholeFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data files that are written whole or not at all, see {@link WholeFile}, through a stream. */
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
    write(file, () -> WholeFile.create(file, through(content)));
  }

  /**
   * Writes a file, in place of one that may exist.
   *
   * @throws DataException if it cannot be written; what was there stays then
   */
  public static void replace(Path file, Content content) {
    write(file, () -> WholeFile.replace(file, through(content)));
  }

  private static WholeFile.Content through(Content content) {
    return channel -> {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.write(out);
      out.flush();
    };
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Path file, Writing writing) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new DataException("cannot write " + file + ": there is no folder " + folder);
    }
    try {
      writing.run();
    } catch (FileAlreadyExistsException e) {
      throw new DataException(
          file + " exists already and is not overwritten: remove it or name another", e);
    } catch (IOException e) {
      throw new DataException("cannot write " + file + ": " + Causes.of(e), e);
    }
  }
}
