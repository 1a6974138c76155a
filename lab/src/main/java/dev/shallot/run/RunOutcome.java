package dev.shallot.run;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.Traffic;
import dev.shallot.plan.StepSizes;
import dev.shallot.track.TrackSummary;
import dev.shallot.training.StopReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a run ended.
 *
 * @param reason why
 * @param rounds rounds that were taken
 * @param localSteps local steps that were applied, over all subnets
 * @param initial the whole network at the start
 * @param last the whole network at the end, as far as it was measured
 * @param steps the step sizes that were in force
 * @param engine one line about the engine
 * @param precision number type
 * @param seconds from the plan to the last file
 * @param trainingSeconds of rounds alone, without diagnostics
 * @param trainScores on the training rows, one a target; empty if the run diverged
 * @param heldOutScores on the held-out rows; empty if there are none
 * @param stableStepSize the largest stable step size, if the run diverged and it is known
 * @param tracked what diagnostics found, if the run was tracked
 * @param traffic what was moved between machines, if the run went to several
 * @param kept which network early stopping kept; empty without it, which keeps the last
 */
public record RunOutcome(
    StopReason reason,
    long rounds,
    long localSteps,
    Measurement initial,
    Measurement last,
    StepSizes steps,
    String engine,
    String precision,
    double seconds,
    double trainingSeconds,
    List<Score> trainScores,
    Optional<List<Score>> heldOutScores,
    OptionalDouble stableStepSize,
    Optional<TrackSummary> tracked,
    Optional<Traffic> traffic,
    Optional<EarlyStop.Kept> kept) {

  /** Whether the run diverged. */
  public boolean diverged() {
    return reason.kind() == StopReason.Kind.DIVERGED;
  }

  /** Whether somebody stopped it. */
  public boolean stopped() {
    return reason.kind() == StopReason.Kind.STOPPED;
  }

  /** Whether somebody ended its process; it can go on then. */
  public boolean interrupted() {
    return reason.kind() == StopReason.Kind.INTERRUPTED;
  }

  /** As {@code run.json} holds it. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stopReason", word(reason.kind()));
    map.put("stopMessage", reason.message());
    map.put("rounds", rounds);
    map.put("localStepsApplied", localSteps);
    map.put("initialError", initial.error());
    map.put("finalError", last.error());
    stableStepSize.ifPresent(value -> map.put("stableStepSize", value));
    describe(map, steps, engine, precision);
    map.put("displacement", last.displacement());
    map.put("flips", last.flips());
    map.put("dead", last.dead());
    map.put("seconds", seconds);
    map.put("trainingSeconds", trainingSeconds);
    map.put("trainScores", trainScores.stream().map(Score::toMap).toList());
    heldOutScores.ifPresent(
        scores -> map.put("heldOutScores", scores.stream().map(Score::toMap).toList()));
    tracked.ifPresent(summary -> map.put("tracked", summary.toMap()));
    traffic.ifPresent(moved -> map.put("traffic", moved.toMap()));
    kept.ifPresent(best -> map.put("kept", best.toMap()));
    return map;
  }

  /** What {@code run.json} says while the run goes on. */
  static Map<String, Object> running(
      StepSizes steps, String engine, String precision, Measurement initial) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stopReason", "running");
    map.put("stopMessage", "the run is going on, or was killed");
    map.put("initialError", initial.error());
    describe(map, steps, engine, precision);
    return map;
  }

  /** What it says after an error that is not the run's own. */
  static Map<String, Object> failed(Throwable cause) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stopReason", "failed");
    map.put("stopMessage", String.valueOf(cause.getMessage()));
    return map;
  }

  private static void describe(
      Map<String, Object> map, StepSizes steps, String engine, String precision) {
    map.put("stepSize", steps.hidden());
    map.put("outputStepSize", steps.output());
    map.put("stepSizeReason", steps.reason());
    map.put("engine", engine);
    map.put("precision", precision);
  }

  private static String word(StopReason.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
