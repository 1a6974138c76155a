package dev.shallot.run;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.file.WholeFile;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.Tracked;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes the run's folder when training begins, keeps its event log and its checkpoint, and
 * remembers what the outcome needs, so that a run that ends badly can still be told. The first of a
 * run's listeners.
 */
final class RunWatch implements TrainingListener, AutoCloseable {
  private final RunHead head;
  private final RunPlace place;
  private final TrainingPlan plan;
  private final OptionalLong every;
  private final int initialCrc;
  private final WholeFile.Probe probe;
  private final RunClock clock;
  private Optional<RunFolder> folder = Optional.empty();
  private Optional<EventLog> log;
  private Optional<EventLines> lines = Optional.empty();
  private Measurement initial = new Measurement(Double.NaN, 0.0, 0, 0);
  private Measurement last = initial;
  private StepSizes steps = new StepSizes(Double.NaN, Double.NaN, "never chosen");
  private String engine = "";
  private Optional<StopReason> reason = Optional.empty();
  private long rounds;

  /**
   * A watch.
   *
   * @param head what run.json says besides the outcome
   * @param place where the files go
   * @param plan of the run
   * @param every how many rounds there are between checkpoints; empty: none but that of a run that
   *     is interrupted
   * @param initialCrc see {@link Checkpoint#crc}
   * @param probe sees checkpoints being written
   * @param clock of the run
   */
  RunWatch(
      RunHead head,
      RunPlace place,
      TrainingPlan plan,
      OptionalLong every,
      int initialCrc,
      WholeFile.Probe probe,
      RunClock clock) {
    this.head = head;
    this.place = place;
    this.plan = plan;
    this.every = every;
    this.initialCrc = initialCrc;
    this.probe = probe;
    this.clock = clock;
    this.log = place.events();
  }

  @Override
  public void started(TrainingPlan same, StepSizes used, String description, Measurement start) {
    begin(used, description, start);
    lines.ifPresent(text -> text.started(plan, used, description, start));
  }

  /** The run is still the one that its first engine described, wherever it goes on. */
  @Override
  public void resumed(
      TrainingPlan same, TrainingMoment moment, String description, NetworkRows opened) {
    String first = place.checkpoint().map(c -> c.checkpoint().engine()).orElse(description);
    begin(moment.steps(), first, moment.initial());
    rounds = moment.rounds();
  }

  private void begin(StepSizes used, String description, Measurement start) {
    initial = start;
    last = start;
    steps = used;
    engine = description;
    if (place.kept()) {
      beginFiles(used, description, start);
    }
    clock.trainingBegins();
  }

  private void beginFiles(StepSizes used, String description, Measurement start) {
    var running = head.json(RunOutcome.running(used, description, precision(), start));
    RunFolder made = place.folder().orElseGet(() -> RunFolder.create(place.path(), running));
    folder = Optional.of(made);
    if (place.folder().isPresent()) {
      made.write(running);
      made.deleteResults();
    }
    EventLog events = log.orElseGet(() -> EventLog.open(made.eventsFile()));
    log = Optional.of(events);
    events.cutBack();
    lines = Optional.of(new EventLines(events));
  }

  @Override
  public void event(TrainingEvent event) {
    if (event instanceof TrainingEvent.Aggregated aggregated) {
      last = aggregated.whole();
    }
    lines.ifPresent(text -> text.event(event));
  }

  void heldOut(long round, double loss) {
    lines.ifPresent(text -> text.heldOut(round, loss));
  }

  void tracked(Tracked tracked) {
    lines.ifPresent(text -> text.tracked(tracked));
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    rounds = round + 1;
    clock.roundEnds();
    lines.ifPresent(text -> text.roundDone(round, report));
  }

  @Override
  public void between(TrainingMoment moment, Optional<StopReason> stop) {
    boolean interrupted = stop.filter(s -> s.kind() == StopReason.Kind.INTERRUPTED).isPresent();
    boolean due =
        every.isPresent()
            && stop.isEmpty()
            && moment.rounds() % every.getAsLong() == 0
            && moment.rounds() < plan.rounds();
    if (!(interrupted || due) || folder.isEmpty()) {
      return;
    }
    Checkpoint checkpoint =
        new Checkpoint(
            moment.rounds(),
            moment.steps(),
            moment.initial(),
            engine,
            log.orElseThrow(AssertionError::new).mark(),
            clock.seconds(),
            clock.trainingSeconds(),
            head.plan(),
            String.valueOf(head.data().get("sha256")),
            initialCrc,
            ProgramVersion.text());
    CheckpointFile.write(folder.get().checkpointFile(), checkpoint, moment.state(), probe);
  }

  @Override
  public void finished(StopReason end) {
    reason = Optional.of(end);
    lines.ifPresent(text -> text.finished(end));
  }

  /** Puts into run.json that the run failed, if it has one; the cause is what counts. */
  void failed(Throwable cause) {
    try {
      folder.ifPresent(made -> made.write(head.json(RunOutcome.failed(cause))));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    log.ifPresent(EventLog::close);
  }

  /** The folder, once training began, if there is one. */
  Optional<RunFolder> folder() {
    return folder;
  }

  /** Why the run ended, once it has. */
  Optional<StopReason> reason() {
    return reason;
  }

  long rounds() {
    return rounds;
  }

  Measurement initial() {
    return initial;
  }

  Measurement last() {
    return last;
  }

  StepSizes steps() {
    return steps;
  }

  String engine() {
    return engine;
  }

  String precision() {
    return plan.precision().name().toLowerCase(Locale.ROOT);
  }
}
