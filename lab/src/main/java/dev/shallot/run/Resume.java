package dev.shallot.run;

import dev.shallot.data.PreparedData;
import dev.shallot.file.WholeFile;
import dev.shallot.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Goes on with a run that was interrupted, killed or failed, from its checkpoint, or from the
 * beginning if it has none. The files become, byte for byte, those of a run that nothing had
 * happened to; only times differ.
 *
 * <p>The run is locked from the moment it is opened here until this is closed.
 */
public final class Resume implements AutoCloseable {
  private final RunFolder folder;
  private final PlanDocument plan;
  private final String stopReason;
  private final Optional<EventLog> events;
  private final Optional<CheckpointFile> checkpoint;

  private Resume(
      RunFolder folder,
      String stopReason,
      Optional<EventLog> events,
      Optional<CheckpointFile> checkpoint) {
    this.folder = folder;
    this.plan = folder.plan();
    this.stopReason = stopReason;
    this.events = events;
    this.checkpoint = checkpoint;
  }

  /**
   * Opens a run.
   *
   * @throws RunException if it is none, if it is going on in another process, or if its checkpoint
   *     is damaged or another run's
   */
  public static Resume open(Path path) {
    RunFolder folder = RunFolder.open(path);
    if (!folder.unfinished()) {
      // The end is written before the checkpoint is deleted.
      folder.deleteCheckpoint();
      return new Resume(folder, folder.stopReason(), Optional.empty(), Optional.empty());
    }
    EventLog events = EventLog.open(folder.eventsFile());
    try {
      Optional<CheckpointFile> checkpoint =
          Files.exists(folder.checkpointFile())
              ? Optional.of(CheckpointFile.open(folder.checkpointFile()))
              : Optional.empty();
      checkpoint.ifPresent(file -> check(folder, file.checkpoint()));
      return new Resume(folder, folder.stopReason(), Optional.of(events), checkpoint);
    } catch (RuntimeException e) {
      events.close();
      throw e;
    }
  }

  private static void check(RunFolder folder, Checkpoint from) {
    RunHead head = RunHead.of(folder);
    if (!from.plan().equals(head.plan()) || !from.dataSha256().equals(head.data().get("sha256"))) {
      throw new RunException(
          "%s was made by another plan or with other data than %s says: put the right one back, or delete it to begin the run again."
              .formatted(folder.checkpointFile(), folder.runFile()));
    }
  }

  /** Whether the run came to its end, so that there is nothing to do. */
  public boolean finished() {
    return events.isEmpty();
  }

  /** How the run ended so far, in a word. */
  public String stopReason() {
    return stopReason;
  }

  /** The run's folder. */
  public RunFolder folder() {
    return folder;
  }

  /** The run's plan. */
  public PlanDocument plan() {
    return plan;
  }

  /** Rounds that do not have to be taken again; empty if there is no checkpoint. */
  public Optional<Long> rounds() {
    return checkpoint.map(file -> file.checkpoint().rounds());
  }

  /** The version of the program that wrote the checkpoint, if it is another one. */
  public Optional<String> otherVersion() {
    return checkpoint
        .map(file -> file.checkpoint().version())
        .filter(version -> !version.equals(ProgramVersion.text()));
  }

  /** The run's data, see {@link RunData#of}. */
  public PreparedData data(Optional<Path> moved) {
    return RunData.of(folder, moved);
  }

  /**
   * Trains to the end.
   *
   * @param data of {@link #data}
   * @param listeners told of the rounds that are still to be taken
   * @throws RunException if the run is finished, or its log is damaged; nothing has changed then
   */
  public RunResult execute(PreparedData data, List<? extends TrainingListener> listeners) {
    if (finished()) {
      throw new RunException("the run %s is finished: %s.".formatted(folder.path(), stopReason));
    }
    RunPlace place = new RunPlace(folder.path(), Optional.of(folder), events, checkpoint);
    RunHead head = RunHead.of(folder);
    return new RunSession(
            checkpoint.isPresent() ? head : head.begunAgain(),
            plan,
            data,
            place,
            WholeFile.Probe.NONE)
        .execute(listeners)
        .in(folder);
  }

  @Override
  public void close() {
    checkpoint.ifPresent(CheckpointFile::close);
    events.ifPresent(EventLog::close);
  }
}
