package dev.shallot.run;

import static java.util.stream.Collectors.toSet;

import dev.shallot.data.DataPlan;
import dev.shallot.data.FeatureScale;
import dev.shallot.data.LabelScale;
import dev.shallot.data.MissingPolicy;
import dev.shallot.data.TableFormat;
import dev.shallot.engine.Cluster;
import dev.shallot.engine.DataOrigin;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import dev.shallot.network.MaskScaling;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.DataSplit;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Loss;
import dev.shallot.plan.Observation;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSchedule;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.TrackItem;
import dev.shallot.track.Tracking;
import dev.shallot.training.StoppingRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Turns the words of a {@link PlanDocument} into the records that core and data take. */
final class TypedPlan {
  private TypedPlan() {}

  static TrainingPlan training(PlanDocument plan) {
    int subnets = Math.toIntExact(plan.whole(PlanKey.SUBNETS));
    double keep = plan.number(PlanKey.KEEP).doubleValue();
    MaskLaw masks =
        switch (plan.text(PlanKey.MASK)) {
          case "full" -> new MaskLaw.Full(subnets);
          case "categorical" -> new MaskLaw.Categorical(subnets);
          case "partition" -> new MaskLaw.EqualPartition(subnets);
          default -> new MaskLaw.Bernoulli(subnets, keep);
        };
    String batch = plan.text(PlanKey.BATCH);
    return TrainingPlan.builder(Math.toIntExact(plan.whole(PlanKey.WIDTH)), masks)
        .scaling(constant(MaskScaling.class, plan.text(PlanKey.SCALING)))
        .aggregation(constant(Aggregation.class, plan.text(PlanKey.AGGREGATION)))
        .activation(constant(Activation.class, plan.text(PlanKey.ACTIVATION)))
        .initialization(
            initialWeights(plan).isPresent()
                ? Initialization.NTK
                : constant(Initialization.class, plan.text(PlanKey.INIT)),
            plan.number(PlanKey.INIT_SCALE).doubleValue())
        .rounds(plan.whole(PlanKey.ROUNDS))
        .localSteps(Math.toIntExact(plan.whole(PlanKey.LOCAL_STEPS)))
        .stepSize(numberUnless(plan, PlanKey.STEP_SIZE, "auto"))
        .outputStepSize(numberUnless(plan, PlanKey.OUTPUT_STEP_SIZE, "same"))
        .split(constant(DataSplit.class, plan.text(PlanKey.DATA_SPLIT)))
        .loss(constant(Loss.class, plan.text(PlanKey.LOSS)))
        .momentum(plan.number(PlanKey.MOMENTUM).doubleValue())
        .schedule(schedule(plan))
        .trained(constant(TrainedLayers.class, plan.text(PlanKey.TRAIN)))
        .batch(
            batch.equals("full")
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(plan.whole(PlanKey.BATCH))))
        .precision(constant(Precision.class, plan.text(PlanKey.PRECISION)))
        .engine(constant(EngineKind.class, plan.text(PlanKey.ENGINE)))
        .threads(Math.toIntExact(plan.whole(PlanKey.THREADS)))
        .seed(plan.whole(PlanKey.SEED))
        .observation(
            new Observation(
                constant(Observation.Detail.class, plan.text(PlanKey.EVENTS)),
                Math.toIntExact(plan.whole(PlanKey.EVENTS_EVERY))))
        .build();
  }

  private static StepSchedule schedule(PlanDocument plan) {
    String shape = plan.text(PlanKey.SCHEDULE);
    boolean falls = shape.equals("cosine") || shape.equals("linear");
    refuseIdle(plan, PlanKey.SCHEDULE_END, !falls, "schedule cosine and linear");
    refuseIdle(plan, PlanKey.SCHEDULE_EVERY, !shape.equals("steps"), "schedule steps");
    refuseIdle(plan, PlanKey.SCHEDULE_FACTOR, !shape.equals("steps"), "schedule steps");
    double end = plan.number(PlanKey.SCHEDULE_END).doubleValue();
    return new StepSchedule(
        switch (shape) {
          case "cosine" -> new StepSchedule.Cosine(end);
          case "linear" -> new StepSchedule.Linear(end);
          case "steps" ->
              new StepSchedule.Steps(
                  plan.whole(PlanKey.SCHEDULE_EVERY),
                  plan.number(PlanKey.SCHEDULE_FACTOR).doubleValue());
          default -> new StepSchedule.Constant();
        },
        plan.whole(PlanKey.WARM_UP));
  }

  private static void refuseIdle(PlanDocument plan, PlanKey key, boolean idle, String owner) {
    if (idle && !plan.text(key).equals(String.valueOf(PlanDefaults.ADDED.get(key)))) {
      throw new RunException(
          "%s belongs to %s: choose that, or leave it out.".formatted(key.key(), owner));
    }
  }

  /** Measured rounds without progress on rows that are not trained on. */
  static OptionalInt heldOutPatience(PlanDocument plan) {
    boolean off = plan.text(PlanKey.STOP_HELD_OUT).equals("off");
    refuseIdle(plan, PlanKey.VALIDATION, off, "stop-held-out");
    if (off) {
      return OptionalInt.empty();
    }
    if (plan.text(PlanKey.VALIDATION).equals("split")
        && plan.number(PlanKey.SPLIT).doubleValue() == 0.0) {
      throw new RunException(
          "stop-held-out needs rows that are not trained on, and none are held out: give split"
              + " (0.2, say), or validation (a share of the training rows).");
    }
    return OptionalInt.of(Math.toIntExact(plan.whole(PlanKey.STOP_HELD_OUT)));
  }

  static Tracking tracking(PlanDocument plan) {
    String words = plan.text(PlanKey.TRACK);
    if (words.equals("none")) {
      if (!plan.isDefault(PlanKey.TRACK_EVERY) && plan.whole(PlanKey.TRACK_EVERY) != 1) {
        throw new RunException(
            "track-every has no effect when nothing is tracked: say what with track, or leave it"
                + " out.");
      }
      return new Tracking(Set.of(), 1);
    }
    return new Tracking(
        Arrays.stream(words.split(",")).map(w -> constant(TrackItem.class, w)).collect(toSet()),
        Math.toIntExact(plan.whole(PlanKey.TRACK_EVERY)));
  }

  /** The rules by which a run ends early, but for its time. */
  static List<StoppingRule> stoppingRules(PlanDocument plan) {
    List<StoppingRule> rules = new ArrayList<>();
    numberUnless(plan, PlanKey.STOP_ERROR, "off")
        .ifPresent(part -> rules.add(new StoppingRule.TargetError(part)));
    OptionalDouble floor = numberUnless(plan, PlanKey.STOP_FLOOR, "off");
    long patience = plan.whole(PlanKey.STOP_PATIENCE);
    if (!plan.text(PlanKey.STOP_PLATEAU).equals("off")) {
      rules.add(
          new StoppingRule.Plateau(
              Math.toIntExact(plan.whole(PlanKey.STOP_PLATEAU)),
              Math.toIntExact(patience),
              floor.orElse(0.0)));
    } else if (floor.isPresent() || patience != 1) {
      throw new RunException(
          "stop-patience and stop-floor belong to stop-plateau, which is off: give its window"
              + " (the authors use 11), or leave them out.");
    }
    return rules;
  }

  /** The seconds that a run may take. */
  static OptionalDouble timeBudget(PlanDocument plan) {
    return numberUnless(plan, PlanKey.STOP_SECONDS, "off");
  }

  /** The machines of a run, if its engine works on others. */
  static Optional<Cluster> cluster(PlanDocument plan, DataOrigin data) {
    Optional<String> master = given(plan, PlanKey.MASTER);
    Optional<String> folder = given(plan, PlanKey.CLUSTER_DIR);
    if (!plan.text(PlanKey.ENGINE).equals("spark")) {
      if (master.isPresent() || folder.isPresent()) {
        throw new RunException(
            "master and cluster-dir belong to engine spark, but the engine is %s: choose engine spark, or leave them out."
                .formatted(plan.text(PlanKey.ENGINE)));
      }
      return Optional.empty();
    }
    return Optional.of(new Cluster(master, folder, data));
  }

  static DataPlan data(PlanDocument plan) {
    boolean classes = plan.text(PlanKey.LOSS).equals("cross-entropy");
    if (classes && !plan.text(PlanKey.LABEL_SCALE).equals("none")) {
      throw new RunException(
          "label-scale %s is for numbers, and the loss cross-entropy is for classes: leave it out."
              .formatted(plan.text(PlanKey.LABEL_SCALE)));
    }
    return new DataPlan(
        given(plan, PlanKey.TARGET),
        given(plan, PlanKey.FEATURES),
        given(plan, PlanKey.EXCLUDE),
        given(plan, PlanKey.ROWS),
        format(plan),
        constant(MissingPolicy.class, plan.text(PlanKey.MISSING)),
        constant(FeatureScale.class, plan.text(PlanKey.SCALE)),
        plan.text(PlanKey.UNIT_ROWS).equals("on"),
        constant(LabelScale.class, plan.text(PlanKey.LABEL_SCALE)),
        plan.text(PlanKey.BIAS).equals("on"),
        plan.number(PlanKey.SPLIT).doubleValue(),
        plan.whole(PlanKey.SEED),
        classes,
        given(plan, PlanKey.WEIGHTS),
        numberUnless(plan, PlanKey.VALIDATION, "split").orElse(0.0));
  }

  static TableFormat format(PlanDocument plan) {
    List<String> marks =
        plan.value(PlanKey.NA).orElse(TableFormat.DEFAULT_MISSING_MARKS) instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : TableFormat.DEFAULT_MISSING_MARKS;
    return new TableFormat(
        given(plan, PlanKey.SEPARATOR).filter(s -> !s.equals("detect")),
        given(plan, PlanKey.HEADER).filter(h -> !h.equals("detect")).map(h -> h.equals("on")),
        marks);
  }

  /** The file of initial weights, if the plan names one. */
  static Optional<Path> initialWeights(PlanDocument plan) {
    String init = plan.text(PlanKey.INIT);
    if (!isFile(init)) {
      return Optional.empty();
    }
    if (!plan.isDefault(PlanKey.INIT_SCALE) && plan.number(PlanKey.INIT_SCALE).doubleValue() != 1) {
      throw new RunException(
          "init-scale has no effect on initial weights that are read from %s: leave it out."
              .formatted(init));
    }
    return Optional.of(Path.of(init));
  }

  /** Whether the value of init names a file, not a law. */
  static boolean isFile(String init) {
    return GivenWeights.isFile(init);
  }

  private static Optional<String> given(PlanDocument plan, PlanKey key) {
    return plan.value(key).map(String::valueOf);
  }

  private static OptionalDouble numberUnless(PlanDocument plan, PlanKey key, String word) {
    return plan.text(key).equals(word)
        ? OptionalDouble.empty()
        : OptionalDouble.of(plan.number(key).doubleValue());
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
