package dev.shallot.run;

import dev.shallot.TrainingException;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.Tracker;
import dev.shallot.track.Tracking;
import dev.shallot.training.DivergenceGuard;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.StepSizeRule;
import dev.shallot.training.StopReason;
import dev.shallot.training.Stopping;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** From prepared data to a run folder. */
public final class Run {
  private Run() {}

  /** Reads a file and prepares it as a plan says. */
  public static PreparedData prepare(PlanDocument plan, Path file) {
    return PreparedData.prepare(Table.read(file, plan.tableFormat()), plan.dataPlan());
  }

  /** The plan with what its file of initial weights decides: the width, unless one was chosen. */
  public static PlanDocument complete(PlanDocument plan) {
    return InitialNetwork.withWidthOfFile(plan);
  }

  /** The network that a plan starts from: drawn by its law, or read from its file. */
  public static Network initialNetwork(PlanDocument plan, TrainingData data) {
    return InitialNetwork.of(plan, plan.trainingPlan(), data);
  }

  /**
   * Trains, and writes the run's folder. A run that diverges is a result, not an exception: its
   * folder holds plan, events and outcome, but no model.
   *
   * @throws RunException if the folder exists or cannot be written
   * @throws TrainingException if the plan does not fit the data; nothing is left behind then
   */
  public static RunResult execute(RunRequest request) {
    long startNanos = System.nanoTime();
    RunFolder.refuseExisting(request.folder());
    TrainingPlan plan = request.plan().trainingPlan();
    TrainingData data = request.data().train();
    Network initial = InitialNetwork.of(request.plan(), plan, data);
    Provenance provenance = Provenance.now(request.command());
    DivergenceGuard guard = new DivergenceGuard(data.targetNorm());
    List<TrainingListener> stops = stops(request.plan(), data);
    try (RunWatch watch = new RunWatch(request, provenance, plan)) {
      Optional<Tracker> tracker = tracker(request, plan, data, watch);
      Optional<Network> network = train(plan, data, initial, watch, guard, stops, tracker);
      StopReason reason =
          guard.stop().orElseGet(() -> watch.reason().orElseThrow(AssertionError::new));
      Optional<Model> model = network.map(n -> model(request, plan, n, initial, provenance));
      OptionalDouble stable =
          model.isPresent()
              ? OptionalDouble.empty()
              : stableStepSize(plan, initial, data, watch.steps());
      if (stable.isPresent()) {
        reason = withAdvice(reason, watch, stable.getAsDouble());
      }
      RunFolder folder = watch.folder().orElseThrow(AssertionError::new);
      model.ifPresent(m -> ModelFile.write(folder.modelFile(), m));
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
              (System.nanoTime() - startNanos) * 1e-9,
              watch.trainingSeconds() - tracker.map(Tracker::secondsBetweenRounds).orElse(0.0),
              model.map(m -> scores(m, data)).orElse(List.of()),
              model.flatMap(m -> request.data().heldOut().map(rows -> scores(m, rows))),
              stable,
              tracker.map(Tracker::summary));
      Map<String, Object> json = watch.json(outcome.toMap());
      folder.write(json);
      return new RunResult(folder, outcome, model, json);
    }
  }

  /** What ends the run early, as its plan says. */
  private static List<TrainingListener> stops(PlanDocument plan, TrainingData data) {
    List<TrainingListener> stops = new ArrayList<>();
    stops.add(new Stopping(plan.stoppingRules(), data.targetNorm()));
    plan.timeBudget().ifPresent(seconds -> stops.add(new TimeBudget(seconds)));
    return stops;
  }

  /** The trained network, or nothing if the run diverged. */
  private static Optional<Network> train(
      TrainingPlan plan,
      TrainingData data,
      Network initial,
      RunWatch watch,
      DivergenceGuard guard,
      List<TrainingListener> stops,
      Optional<Tracker> tracker) {
    try {
      List<TrainingListener> listeners = watch.before(guard, tracker);
      listeners.addAll(stops);
      TrainingOutcome outcome = MaskedTraining.run(plan, data, initial, listeners);
      return guard.stop().isPresent() ? Optional.empty() : Optional.of(outcome.network());
    } catch (RuntimeException | Error e) {
      // Weights that overflowed make no network; the guard knows where that began.
      if (e instanceof TrainingException && guard.stop().isPresent()) {
        return Optional.empty();
      }
      watch.folder().ifPresent(folder -> folder.write(watch.json(RunOutcome.failed(e))));
      throw e;
    } finally {
      tracker.ifPresent(Tracker::close);
    }
  }

  private static Optional<Tracker> tracker(
      RunRequest request, TrainingPlan plan, TrainingData data, RunWatch watch) {
    Tracking tracking = request.plan().tracking();
    boolean drawn = request.plan().initialWeights().isEmpty();
    return tracking.any()
        ? Optional.of(new Tracker(tracking, plan, data, drawn, watch::tracked))
        : Optional.empty();
  }

  private static Model model(
      RunRequest request,
      TrainingPlan plan,
      Network network,
      Network initial,
      Provenance provenance) {
    Map<String, Object> origin = new LinkedHashMap<>(provenance.toMap());
    origin.put("data", request.data().facts().source());
    origin.put("dataSha256", request.data().facts().sha256());
    return new Model(
        network,
        initial,
        plan.wholeFactor(),
        request.data().preprocessing(),
        request.plan().toMap(),
        origin);
  }

  private static List<Score> scores(Model model, TrainingData rows) {
    return Score.of(
        model.preprocessing().targetNames(),
        model.predict(rows.x()),
        model.preprocessing().unscaleLabels(rows.y()));
  }

  /** 2/lambda_max, where the kernel tells one. */
  private static OptionalDouble stableStepSize(
      TrainingPlan plan, Network initial, TrainingData data, StepSizes steps) {
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
