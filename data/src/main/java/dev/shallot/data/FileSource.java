package dev.shallot.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is there, can be read and is not empty. */
final class FileSource {
  private static final int HEAD = 8;
  private final Path path;
  private final byte[] head;

  private FileSource(Path path, byte[] head) {
    this.path = path;
    this.head = head;
  }

  static FileSource open(Path path) {
    if (!Files.exists(path)) {
      throw new DataException("there is no file " + path);
    }
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is a folder, but a data file is needed");
    }
    if (!Files.isRegularFile(path)) {
      throw new DataException(path + " is no regular file; it is read more than once, so store it");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = in.readNBytes(HEAD);
      if (head.length == 0) {
        throw new DataException(path + " is empty: it has neither a header nor rows");
      }
      return new FileSource(path, head);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static DataException unreadable(Path path, IOException cause) {
    return new DataException("cannot read " + path + ": " + Causes.of(cause), cause);
  }

  Path path() {
    return path;
  }

  /** Whether the file's first bytes are these. */
  boolean startsWith(int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** SHA-256 of the file's bytes, in lower-case hexadecimal. */
  String sha256() {
    return Sha256.of(path);
  }
}
