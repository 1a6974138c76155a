package dev.shallot.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.LoggerFactory;

/** Folders of a run, in any file system. */
final class Folders {
  private Folders() {}

  /** A new one on this machine, as a URL: the cluster's usual file system may be another. */
  static String temporary() {
    try {
      return Files.createTempDirectory("shallot-spark-").toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder or a file; what cannot be deleted stays, and a run does not fail for it. */
  static void delete(Configuration hadoop, String name) {
    Path path = new Path(name);
    try {
      path.getFileSystem(hadoop).delete(path, true);
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(Folders.class).warn("cannot delete {}", name, e);
    }
  }
}
