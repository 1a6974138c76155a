package dev.shallot.run;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.Tracked;
import dev.shallot.track.Tracker;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the run's folder when training begins, keeps its event log, and remembers what the outcome
 * needs, so that a run that ends badly can still be told. The first of a run's listeners.
 */
final class RunWatch implements TrainingListener, AutoCloseable {
  private final RunRequest request;
  private final Provenance provenance;
  private final String precision;
  private Optional<RunFolder> folder = Optional.empty();
  private Optional<EventLog> events = Optional.empty();
  private Measurement initial = new Measurement(Double.NaN, 0.0, 0, 0);
  private Measurement last = initial;
  private StepSizes steps = new StepSizes(Double.NaN, Double.NaN, "never chosen");
  private String engine = "";
  private Optional<StopReason> reason = Optional.empty();
  private long rounds;
  private long startNanos;
  private long endNanos;

  RunWatch(RunRequest request, Provenance provenance, TrainingPlan plan) {
    this.request = request;
    this.provenance = provenance;
    this.precision = plan.precision().name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public void started(TrainingPlan plan, StepSizes used, String description, Measurement start) {
    initial = start;
    last = start;
    steps = used;
    engine = description;
    RunFolder made = RunFolder.create(request.folder());
    folder = Optional.of(made);
    made.write(json(RunOutcome.running(used, description, precision, start)));
    EventLog log = new EventLog(made.eventsFile());
    events = Optional.of(log);
    log.started(plan, used, description, start);
    startNanos = System.nanoTime();
    endNanos = startNanos;
  }

  @Override
  public void event(TrainingEvent event) {
    if (event instanceof TrainingEvent.Aggregated aggregated) {
      last = aggregated.whole();
    }
    events.ifPresent(log -> log.event(event));
  }

  void tracked(Tracked tracked) {
    events.ifPresent(log -> log.tracked(tracked));
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    rounds = round + 1;
    endNanos = System.nanoTime();
    events.ifPresent(log -> log.roundDone(round, report));
  }

  @Override
  public void finished(StopReason end) {
    reason = Optional.of(end);
    events.ifPresent(log -> log.finished(end));
  }

  @Override
  public void close() {
    events.ifPresent(EventLog::close);
  }

  /** The folder, once training began. */
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
    return precision;
  }

  double trainingSeconds() {
    return (endNanos - startNanos) * 1e-9;
  }

  /** run.json with an outcome. */
  Map<String, Object> json(Map<String, Object> outcome) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("format", RunFolder.FORMAT);
    run.put("formatVersion", RunFolder.FORMAT_VERSION);
    run.put("plan", request.plan().toMap());
    run.put("data", FactsJson.of(request.data().facts()));
    run.put("provenance", provenance.toMap());
    run.put("outcome", outcome);
    return run;
  }

  /** This one first, so that the folder is there; then the guard; then whoever asked. */
  List<TrainingListener> before(TrainingListener guard, Optional<Tracker> tracker) {
    java.util.ArrayList<TrainingListener> all = new java.util.ArrayList<>(List.of(this, guard));
    tracker.ifPresent(all::add);
    all.addAll(request.listeners());
    return all;
  }
}
