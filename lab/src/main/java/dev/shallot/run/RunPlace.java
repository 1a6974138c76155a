package dev.shallot.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a run's files go, and what is there already.
 *
 * @param path of the folder; empty: files go nowhere
 * @param folder of a run that was begun before
 * @param events its log, open; verified as far as its checkpoint
 * @param checkpoint from which it goes on; empty: from the beginning
 */
record RunPlace(
    Path path,
    Optional<RunFolder> folder,
    Optional<EventLog> events,
    Optional<CheckpointFile> checkpoint) {

  /** No folder: nothing is written. */
  static RunPlace nowhere() {
    return fresh(Path.of(""));
  }

  /** Whether there is, or will be, a folder. */
  boolean kept() {
    return !path.toString().isEmpty();
  }

  /** A folder that does not exist yet. */
  static RunPlace fresh(Path path) {
    return new RunPlace(path, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
