package dev.shallot.run;

import static java.util.Map.entry;

import dev.shallot.data.TableFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that a plan starts from. Keys that are absent are "not given" (no target, all
 * features, all rows) or follow from others (events, see {@link PlanDocument}).
 */
final class PlanDefaults {
  private PlanDefaults() {}

  /**
   * Of keys that came later: what runs before did, and plans do that do not ask for more. A sweep
   * of then has the plans of now because of them.
   */
  static final Map<PlanKey, Object> ADDED =
      Map.of(
          PlanKey.DATA_SPLIT,
          "full",
          PlanKey.LOSS,
          "squared",
          PlanKey.MOMENTUM,
          0.0,
          PlanKey.SCHEDULE,
          "constant",
          PlanKey.SCHEDULE_END,
          0.0,
          PlanKey.SCHEDULE_EVERY,
          100L,
          PlanKey.SCHEDULE_FACTOR,
          0.5,
          PlanKey.WARM_UP,
          0L,
          PlanKey.STOP_HELD_OUT,
          "off",
          PlanKey.VALIDATION,
          "split");

  /**
   * For somebody with a table and a column to predict. Measured on held-out rows of Concrete, CCPP,
   * Communities & Crime and the red wines: small initial weights (0.1) let the features be learned,
   * minibatches make a hundred times the progress of full batches for the same work, and many more
   * rounds fit the training rows better but held-out rows of the two noisy sets worse.
   */
  static Map<PlanKey, Object> practitioner() {
    Map<PlanKey, Object> defaults = new LinkedHashMap<>(ADDED);
    defaults.putAll(
        Map.ofEntries(
            entry(PlanKey.WIDTH, 1024L),
            entry(PlanKey.ACTIVATION, "relu"),
            entry(PlanKey.INIT, "ntk"),
            entry(PlanKey.INIT_SCALE, 0.1),
            entry(PlanKey.MASK, "bernoulli"),
            entry(PlanKey.KEEP, 0.5),
            entry(PlanKey.SUBNETS, 4L),
            entry(PlanKey.ROUNDS, 400L),
            entry(PlanKey.LOCAL_STEPS, 5L),
            entry(PlanKey.STEP_SIZE, "auto"),
            entry(PlanKey.AGGREGATION, "coverage-mean"),
            entry(PlanKey.TRAIN, "both"),
            entry(PlanKey.OUTPUT_STEP_SIZE, "same"),
            entry(PlanKey.BATCH, 64L),
            entry(PlanKey.SCALING, "inverted"),
            entry(PlanKey.SEED, 0L),
            entry(PlanKey.PRECISION, "float32"),
            entry(PlanKey.ENGINE, "auto"),
            entry(PlanKey.THREADS, (long) Runtime.getRuntime().availableProcessors()),
            entry(PlanKey.EVENTS_EVERY, 1L),
            entry(PlanKey.TRACK, "none"),
            entry(PlanKey.TRACK_EVERY, 1L)));
    defaults.put(PlanKey.CHECKPOINT_EVERY, "off");
    defaults.putAll(
        Map.ofEntries(
            entry(PlanKey.STOP_ERROR, "off"),
            entry(PlanKey.STOP_PLATEAU, "off"),
            entry(PlanKey.STOP_PATIENCE, 1L),
            entry(PlanKey.STOP_FLOOR, "off"),
            entry(PlanKey.STOP_SECONDS, "off")));
    defaults.putAll(
        Map.ofEntries(
            entry(PlanKey.SEPARATOR, "detect"),
            entry(PlanKey.HEADER, "detect"),
            entry(PlanKey.NA, TableFormat.DEFAULT_MISSING_MARKS),
            entry(PlanKey.MISSING, "fail"),
            entry(PlanKey.SCALE, "zscore"),
            entry(PlanKey.UNIT_ROWS, "on"),
            entry(PlanKey.LABEL_SCALE, "zscore"),
            entry(PlanKey.BIAS, "on"),
            entry(PlanKey.SPLIT, 0.0)));
    return defaults;
  }

  /**
   * The papers': unit rows, labels untouched, float64, m = 4000, and the Bernoulli setting of the
   * three-phase figure, p = 10, xi = 0.5, tau = 10, K = 200, kappa = 1.
   */
  static Map<PlanKey, Object> paper() {
    Map<PlanKey, Object> defaults = practitioner();
    defaults.putAll(
        Map.ofEntries(
            entry(PlanKey.WIDTH, 4000L),
            entry(PlanKey.SUBNETS, 10L),
            entry(PlanKey.ROUNDS, 200L),
            entry(PlanKey.LOCAL_STEPS, 10L),
            entry(PlanKey.INIT_SCALE, 1.0),
            entry(PlanKey.TRAIN, "hidden"),
            entry(PlanKey.BATCH, "full"),
            entry(PlanKey.SCALING, "paper"),
            entry(PlanKey.PRECISION, "float64"),
            entry(PlanKey.MISSING, "drop-columns"),
            entry(PlanKey.SCALE, "none"),
            entry(PlanKey.LABEL_SCALE, "none"),
            entry(PlanKey.BIAS, "off")));
    return defaults;
  }
}
