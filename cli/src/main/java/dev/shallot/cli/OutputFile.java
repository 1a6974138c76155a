package dev.shallot.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that a command is about to write. */
final class OutputFile {
  private OutputFile() {}

  /** Refuses a path at which something is, or whose folder is not there. */
  static void refuseExisting(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CliException(
          "%s exists already and is not overwritten: choose another name, or delete it first."
              .formatted(file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CliException("cannot write %s: there is no folder %s.".formatted(file, folder));
    }
  }
}
