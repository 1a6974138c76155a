package dev.shallot.run;

import dev.shallot.data.PreparedData;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.Tracker;
import dev.shallot.training.DivergenceGuard;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a run again from its plan and compares what happens with what its folder says, event by
 * event, and the network at the end with its model, bit by bit. Writes nothing.
 */
public final class Replay {
  private final RunFolder folder;
  private final PlanDocument document;
  private final PreparedData prepared;
  private final Map<String, Object> outcome;

  /**
   * What came of it.
   *
   * @param events that are the same
   * @param rounds that were taken
   * @param model whether there was a model, and it was compared
   * @param difference the first one, in words; empty if there is none
   * @param notes what could not be compared
   */
  public record Result(
      long events, long rounds, boolean model, Optional<String> difference, List<String> notes) {
    /** Whether there is no difference. */
    public boolean identical() {
      return difference.isEmpty();
    }
  }

  /**
   * A replay of a run.
   *
   * @param data of the run, see {@link RunData#of}
   */
  public Replay(RunFolder folder, PreparedData data) {
    Map<String, Object> run = folder.read();
    this.folder = folder;
    this.prepared = data;
    this.outcome = folder.section(run, "outcome");
    this.document = withEngine(folder.plan(), String.valueOf(outcome.get("engine")));
  }

  /** The engine that took the run, by name: "auto" may mean another one in another version. */
  private static PlanDocument withEngine(PlanDocument plan, String engine) {
    String name = engine.split("[ ,]", 2)[0];
    if (name.equals("spark")) {
      // The same bits, on this machine alone.
      return plan.withFlags(Map.of(PlanKey.ENGINE.key(), "dense"))
          .without(PlanKey.MASTER)
          .without(PlanKey.CLUSTER_DIR);
    }
    return List.of("reference", "dense", "gram").contains(name)
        ? plan.withFlags(Map.of(PlanKey.ENGINE.key(), name))
        : plan;
  }

  /** Takes the run again; stops at the first difference. */
  public Result execute(List<? extends TrainingListener> listeners) {
    TrainingPlan plan = document.trainingPlan();
    TrainingData data = prepared.train();
    Network initial = InitialNetwork.of(document, plan, data);
    List<String> notes = new ArrayList<>();
    try (EventComparison comparison = new EventComparison(folder.eventsFile(), ended())) {
      EventLines lines = new EventLines(comparison);
      Guard guard =
          new Guard(comparison, endOfRecord(notes), Optional.ofNullable(outcome.get("stepSize")));
      DivergenceGuard divergence = new DivergenceGuard(plan.loss().ofZero(data));
      List<TrainingListener> all = new ArrayList<>(List.of(lines, divergence));
      Optional<Tracker> tracker =
          document.tracking().any()
              ? Optional.of(
                  new Tracker(
                      document.tracking(),
                      plan,
                      data,
                      document.initialWeights().isEmpty(),
                      lines::tracked))
              : Optional.empty();
      tracker.ifPresent(all::add);
      EarlyStop early = EarlyStop.of(document, plan, prepared, lines::heldOut);
      all.addAll(early.listeners());
      all.addAll(listeners);
      all.add(guard);
      Optional<Network> network = Optional.empty();
      try {
        network = Optional.of(MaskedTraining.run(plan, data, initial, all).network());
      } catch (dev.shallot.TrainingException e) {
        if (divergence.stop().isEmpty()) {
          throw e;
        }
      } finally {
        tracker.ifPresent(Tracker::close);
      }
      comparison.end();
      comparison.notes(notes);
      Optional<String> difference = comparison.difference();
      boolean compared =
          difference.isEmpty()
              && ended()
              && network.isPresent()
              && Files.exists(folder.modelFile());
      if (compared) {
        difference = modelDifference(early.choose(network.orElseThrow()).whole());
      }
      return new Result(comparison.same(), guard.rounds, compared, difference, notes);
    }
  }

  /** Whether the folder says how the run ended. */
  private boolean ended() {
    return outcome.get("rounds") instanceof Number;
  }

  /** How many rounds were recorded; empty if the run was killed and its log says it. */
  private Optional<Long> endOfRecord(List<String> notes) {
    if (outcome.get("rounds") instanceof Number rounds) {
      return Optional.of(rounds.longValue());
    }
    notes.add(
        "the run has no end (%s), so only the events that it has are compared"
            .formatted(outcome.get("stopReason")));
    return Optional.empty();
  }

  private Optional<String> modelDifference(Network replayed) {
    Network recorded = ModelFile.read(folder.modelFile()).network();
    return differ("hidden", recorded.hiddenWeights(), replayed.hiddenWeights(), replayed.features())
        .or(
            () ->
                differ(
                    "output",
                    recorded.outputWeights(),
                    replayed.outputWeights(),
                    replayed.outputs()));
  }

  private static Optional<String> differ(
      String layer, double[] recorded, double[] replayed, int columns) {
    for (int i = 0; i < Math.min(recorded.length, replayed.length); i++) {
      if (Double.doubleToLongBits(recorded[i]) != Double.doubleToLongBits(replayed[i])) {
        return Optional.of(
            "model, %s weight %d of neuron %d: recorded %s, replayed %s"
                .formatted(layer, i % columns, i / columns, recorded[i], replayed[i]));
      }
    }
    return recorded.length == replayed.length
        ? Optional.empty()
        : Optional.of(
            "model: recorded %d %s weights, replayed %d"
                .formatted(recorded.length, layer, replayed.length));
  }

  /** Ends the replay where the record ends, and at the first difference. */
  private static final class Guard implements TrainingListener {
    private final EventComparison comparison;
    private final Optional<Long> end;
    private final Optional<Object> stepSize;
    private long rounds;

    private Guard(EventComparison comparison, Optional<Long> end, Optional<Object> recordedStep) {
      this.comparison = comparison;
      this.end = end;
      this.stepSize = recordedStep;
    }

    @Override
    public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
      if (stepSize.isPresent() && !stepSize.get().equals(steps.hidden())) {
        comparison.differ(
            "before the first round, step size: recorded %s, replayed %s"
                .formatted(stepSize.get(), steps.hidden()));
      }
    }

    @Override
    public void roundDone(long round, RoundReport report) {
      rounds = round + 1;
    }

    @Override
    public Optional<StopReason> stop() {
      boolean enough =
          comparison.difference().isPresent()
              || (end.isPresent() ? rounds >= end.get() : comparison.exhausted());
      return enough
          ? Optional.of(new StopReason(StopReason.Kind.INTERRUPTED, "the record ends here"))
          : Optional.empty();
    }
  }
}
