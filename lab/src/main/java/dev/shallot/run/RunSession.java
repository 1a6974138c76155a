package dev.shallot.run;

import dev.shallot.TrainingException;
import dev.shallot.data.FileData;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.Cluster;
import dev.shallot.engine.Traffic;
import dev.shallot.file.WholeFile;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.Tracker;
import dev.shallot.track.Tracking;
import dev.shallot.training.DivergenceGuard;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.Resumption;
import dev.shallot.training.StepSizeRule;
import dev.shallot.training.StopReason;
import dev.shallot.training.Stopping;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Trains a run, from the beginning or from its checkpoint, and writes what came of it. */
final class RunSession {
  private final RunHead head;
  private final PlanDocument document;
  private final PreparedData prepared;
  private final RunPlace place;
  private final WholeFile.Probe probe;
  private final RunClock clock;
  private final TrainingPlan plan;
  private final TrainingData data;
  private final NetworkRows initial;
  private final DivergenceGuard guard;
  private Optional<Traffic> traffic = Optional.empty();

  /**
   * A session.
   *
   * @param head what run.json says besides the outcome
   * @param document the plan
   * @param prepared the data
   * @param place where the files go
   * @param probe sees checkpoints being written
   */
  RunSession(
      RunHead head,
      PlanDocument document,
      PreparedData prepared,
      RunPlace place,
      WholeFile.Probe probe) {
    this.head = head;
    this.document = document;
    this.prepared = prepared;
    this.place = place;
    this.probe = probe;
    this.clock = new RunClock(place.checkpoint().map(CheckpointFile::checkpoint));
    this.plan = document.trainingPlan();
    this.data = prepared.train();
    this.initial = InitialNetwork.rows(document, plan, data);
    this.guard = new DivergenceGuard(plan.loss().ofZero(data));
  }

  /** Trains to the end and writes the folder, if there is one; see {@link Run#execute}. */
  Trained execute(List<? extends TrainingListener> listeners) {
    int initialCrc = Checkpoint.crc(initial);
    place.checkpoint().ifPresent(from -> checkInitial(from.checkpoint(), initialCrc));
    try (RunWatch watch =
        new RunWatch(head, place, plan, document.checkpointEvery(), initialCrc, probe, clock)) {
      try {
        Optional<Tracker> tracker = tracker(watch);
        EarlyStop early = EarlyStop.of(document, plan, prepared, watch::heldOut);
        Optional<NetworkRows> network = train(watch, tracker, early, listeners);
        return conclude(watch, tracker, early, network.map(early::choose));
      } catch (RuntimeException | Error e) {
        watch.failed(e);
        throw e;
      }
    }
  }

  private void checkInitial(Checkpoint from, int crc) {
    if (from.initialCrc() != crc) {
      throw new RunException(
          "the initial weights are not those that the run in %s began with%s."
              .formatted(
                  place.path(),
                  document
                      .initialWeights()
                      .map(file -> ": %s was changed; put it back as it was".formatted(file))
                      .orElse(": another version of the program draws others")));
    }
  }

  private Optional<Tracker> tracker(RunWatch watch) {
    Tracking tracking = document.tracking();
    if (!tracking.any()) {
      return Optional.empty();
    }
    boolean drawn = document.initialWeights().isEmpty();
    Tracker tracker = new Tracker(tracking, plan, data, drawn, watch::tracked);
    clock.without(tracker);
    return Optional.of(tracker);
  }

  /** The network after the last round, or nothing if the run diverged. */
  private Optional<NetworkRows> train(
      RunWatch watch,
      Optional<Tracker> tracker,
      EarlyStop early,
      List<? extends TrainingListener> listeners) {
    // The watch first, so that the folder is there; then the guard and the plan's own rules; then
    // whoever asked.
    List<TrainingListener> all = new ArrayList<>(List.of(watch, guard));
    tracker.ifPresent(all::add);
    all.add(new Stopping(document.stoppingRules(), plan.loss().ofZero(data)));
    all.addAll(early.listeners());
    document.timeBudget().ifPresent(seconds -> all.add(new TimeBudget(seconds)));
    all.addAll(listeners);
    try {
      Optional<Resumption> from = place.checkpoint().map(file -> resumption(file, tracker));
      TrainingOutcome outcome = MaskedTraining.run(plan, data, initial, all, from, cluster());
      traffic = outcome.traffic();
      return guard.stop().isPresent() ? Optional.empty() : Optional.of(outcome.rows());
    } catch (TrainingException e) {
      // Weights that overflowed make no network; the guard knows where that began.
      if (guard.stop().isPresent()) {
        return Optional.empty();
      }
      throw e;
    } finally {
      tracker.ifPresent(Tracker::close);
    }
  }

  private Resumption resumption(CheckpointFile file, Optional<Tracker> tracker) {
    Checkpoint from = file.checkpoint();
    place
        .events()
        .orElseThrow(AssertionError::new)
        .verify(
            from.events(),
            line -> tracker.ifPresent(t -> TrackedLine.of(line).ifPresent(t::recall)));
    return new Resumption(from.rounds(), from.steps(), from.initial(), file);
  }

  private Trained conclude(
      RunWatch watch, Optional<Tracker> tracker, EarlyStop early, Optional<NetworkRows> network) {
    StopReason reason =
        guard.stop().orElseGet(() -> watch.reason().orElseThrow(AssertionError::new));
    Optional<Model> model = network.map(this::model);
    OptionalDouble stable =
        model.isPresent() ? OptionalDouble.empty() : stableStepSize(watch.steps());
    if (stable.isPresent()) {
      reason = withAdvice(reason, watch, stable.getAsDouble());
    }
    watch
        .folder()
        .ifPresent(folder -> model.ifPresent(m -> ModelFile.write(folder.modelFile(), m)));
    RunOutcome outcome =
        new RunOutcome(
            reason,
            watch.rounds(),
            watch.rounds() * plan.masks().subnets() * plan.localSteps(),
            watch.initial(),
            watch.last(),
            watch.steps(),
            watch.engine(),
            watch.precision(),
            clock.seconds(),
            clock.trainingSeconds(),
            model.map(m -> scores(m, data)).orElse(List.of()),
            model.flatMap(m -> prepared.heldOut().map(rows -> scores(m, rows))),
            stable,
            tracker.map(Tracker::summary),
            traffic,
            early.kept());
    Map<String, Object> json = head.json(outcome.toMap());
    watch.folder().ifPresent(folder -> finish(folder, json, outcome.interrupted()));
    return new Trained(outcome, model, json);
  }

  private static void finish(RunFolder folder, Map<String, Object> json, boolean interrupted) {
    folder.write(json);
    if (!interrupted) {
      folder.deleteCheckpoint();
    }
  }

  /** The machines of a run that goes on elsewhere. */
  private Optional<Cluster> cluster() {
    return document.cluster(FileData.of(prepared.facts(), document.dataPlan()));
  }

  private Model model(NetworkRows network) {
    Map<String, Object> origin = new LinkedHashMap<>(head.provenance());
    // As the run found them, wherever the file is now.
    origin.put("data", String.valueOf(head.data().get("source")));
    origin.put("dataSha256", String.valueOf(head.data().get("sha256")));
    return new Model(
        network, initial, plan.wholeFactor(), prepared.preprocessing(), head.plan(), origin);
  }

  private static List<Score> scores(Model model, TrainingData rows) {
    return Score.of(
        model.preprocessing(),
        model.predict(rows.x()),
        model.preprocessing().unscaleLabels(rows.y()),
        rows.weights());
  }

  /** 2/lambda_max, where the kernel tells one. */
  private OptionalDouble stableStepSize(StepSizes steps) {
    double limit = StepSizeRule.stableLimit(plan, initial, data, steps);
    return Double.isFinite(limit) && limit > 0.0
        ? OptionalDouble.of(limit)
        : OptionalDouble.empty();
  }

  private static StopReason withAdvice(StopReason reason, RunWatch watch, double stable) {
    return new StopReason(
        reason.kind(),
        String.format(
            Locale.ROOT,
            "%s. The step size is %.4g; local steps are stable below %.4g (2/lambda_max of the"
                + " subnets' tangent kernel): use a smaller step size, or auto.",
            reason.message(),
            watch.steps().hidden(),
            stable));
  }
}
