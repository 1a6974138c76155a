package dev.shallot.search;

import dev.shallot.data.PreparedData;
import dev.shallot.engine.RoundReport;
import dev.shallot.network.Network;
import dev.shallot.plan.Observation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import dev.shallot.training.DivergenceGuard;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.StepSizeRule;
import dev.shallot.training.Stopping;
import dev.shallot.training.StoppingRule;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The smallest width m* at which enough seeds reach a small error (after Song et al. 2021, Figure
 * 1). Widths double from the narrowest until one succeeds, then the gap is halved; a width is left
 * as soon as its seeds have decided. Bisection takes success to grow with the width; the trials
 * that it rests on are all told.
 */
public final class WidthSearch {
  /** The error is looked at every so many rounds, so up to so many more may be taken. */
  private static final int LOOK_EVERY = 10;

  /**
   * A step size that is chosen is 1/(2 lambda_max): near the smallest widths the kernel grows by
   * more than the usual choice, 1/lambda_max, has room for.
   */
  private static final double PART_OF_AUTO = 0.5;

  private final PlanDocument document;
  private final TrainingData data;
  private final SearchSettings settings;
  private final TrialLog log;
  private final Consumer<WidthTrial> told;

  private WidthSearch(
      PlanDocument document,
      TrainingData data,
      SearchSettings settings,
      TrialLog log,
      Consumer<WidthTrial> told) {
    this.document = document;
    this.data = data;
    this.settings = settings;
    this.log = log;
    this.told = told;
  }

  /**
   * What a search found.
   *
   * @param width m*; empty if no width up to the widest succeeded
   * @param narrowest whether the narrowest width that was tried succeeded, so m* may be smaller
   * @param widths of each width that was tried: its trials
   * @param before trials that were there from an earlier start
   * @param torn whether a half-written trial was dropped
   */
  public record Result(
      OptionalInt width,
      boolean narrowest,
      TreeMap<Integer, List<WidthTrial>> widths,
      int before,
      boolean torn) {}

  /**
   * Searches, or goes on with a search.
   *
   * @param document the plan; its width and seed are where trials start from
   * @param data the prepared data
   * @param settings what to look for
   * @param folder of the search; new, or of the same search
   * @param told of each trial that is made, after it is on the disk
   */
  public static Result run(
      PlanDocument document,
      PreparedData data,
      SearchSettings settings,
      Path folder,
      Consumer<WidthTrial> told) {
    if (document.initialWeights().isPresent()) {
      throw new RunException(
          "a width search draws its initial weights for each width: choose a law for init, not a"
              + " file.");
    }
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("format", "shallot-width-search");
    question.put("settings", settings.toMap());
    Map<String, Object> plan = document.toMap();
    // What changes no result may differ when a search goes on.
    plan.remove(PlanKey.THREADS.key());
    plan.remove(PlanKey.WIDTH.key());
    question.put("plan", plan);
    question.put("dataSha256", data.facts().sha256());
    try (TrialLog log = TrialLog.open(folder, question)) {
      int before = log.trials().size();
      WidthSearch search = new WidthSearch(document, data.train(), settings, log, told);
      OptionalInt found = search.smallest();
      TreeMap<Integer, List<WidthTrial>> widths = new TreeMap<>();
      for (WidthTrial trial : log.trials()) {
        widths.computeIfAbsent(trial.width(), w -> new java.util.ArrayList<>()).add(trial);
      }
      boolean narrowest = found.isPresent() && found.getAsInt() == settings.from();
      return new Result(found, narrowest, widths, before, log.torn());
    }
  }

  private OptionalInt smallest() {
    int low = 0;
    int high = settings.from();
    while (!succeeds(high)) {
      if (high == settings.to()) {
        return OptionalInt.empty();
      }
      low = high;
      high = (int) Math.min(2L * high, settings.to());
    }
    while (low > 0 && high - low > 1) {
      int middle = low + (high - low) / 2;
      if (succeeds(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalInt.of(high);
  }

  private boolean succeeds(int width) {
    int successes = 0;
    int failures = 0;
    for (int s = 0; s < settings.seeds(); s++) {
      long seed = document.trainingPlan().seed() + s;
      Optional<WidthTrial> known = log.find(width, seed);
      WidthTrial trial = known.orElseGet(() -> attempt(width, seed));
      if (known.isEmpty()) {
        log.add(trial);
        told.accept(trial);
      }
      successes += trial.success() ? 1 : 0;
      failures += trial.success() ? 0 : 1;
      if (successes >= settings.needed()) {
        return true;
      }
      if (failures > settings.seeds() - settings.needed()) {
        return false;
      }
    }
    return false;
  }

  private WidthTrial attempt(int width, long seed) {
    PlanDocument chosen =
        document.withFlags(Map.of("width", Integer.toString(width), "seed", Long.toString(seed)));
    TrainingPlan plan = chosen.trainingPlan();
    Network initial =
        plan.initialization()
            .draw(plan.initScale(), width, data.features(), data.outputs(), seed)
            .withActivation(plan.activation());
    StepSizes steps = StepSizeRule.resolve(plan, initial, data);
    double part = plan.stepSize().isPresent() ? 1.0 : PART_OF_AUTO;
    TrainingPlan watched =
        plan.toBuilder(plan.masks())
            .stepSize(part * steps.hidden())
            .outputStepSize(
                plan.trained().output()
                    ? OptionalDouble.of(plan.outputStepSize().orElse(part * steps.output()))
                    : OptionalDouble.empty())
            .observation(new Observation(Observation.Detail.ROUNDS, LOOK_EVERY))
            .build();
    DivergenceGuard guard = new DivergenceGuard(plan.loss().ofZero(data));
    Stopping goal =
        new Stopping(
            List.of(new StoppingRule.TargetError(settings.tolerance())), plan.loss().ofZero(data));
    Rounds rounds = new Rounds();
    try {
      TrainingOutcome outcome =
          MaskedTraining.run(watched, data, initial, List.of(guard, goal, rounds));
      double relative = outcome.last().error() / plan.loss().ofZero(data);
      boolean success = relative <= settings.tolerance();
      String end = success ? "reached" : guard.stop().isPresent() ? "diverged" : "steps-done";
      return new WidthTrial(
          width, seed, success, outcome.rounds() * plan.localSteps(), relative, end);
    } catch (dev.shallot.TrainingException e) {
      if (guard.stop().isEmpty()) {
        throw e;
      }
      return new WidthTrial(
          width, seed, false, rounds.done * plan.localSteps(), Double.NaN, "diverged");
    }
  }

  /** How far a trial came. */
  private static final class Rounds implements TrainingListener {
    private long done;

    @Override
    public void roundDone(long round, RoundReport report) {
      done = round + 1;
    }
  }
}
