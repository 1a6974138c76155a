package dev.shallot.training;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.Observation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Algorithm 1 of Liao and Kyrillidis, "On the convergence of shallow neural network training with
 * randomly masked neurons": in each round sample masks, let every subnet take its local steps,
 * aggregate.
 */
public final class MaskedTraining {
  private MaskedTraining() {}

  /** Trains from initial weights drawn by the plan's law. */
  public static TrainingOutcome run(
      TrainingPlan plan, TrainingData data, List<? extends TrainingListener> listeners) {
    Network initial =
        plan.initialization()
            .draw(plan.initScale(), plan.width(), data.features(), data.outputs(), plan.seed())
            .withActivation(plan.activation());
    return run(plan, data, initial, listeners);
  }

  /**
   * Trains.
   *
   * @param plan everything the run is
   * @param data X and Y; not changed
   * @param initial the network to start from; not changed
   * @param listeners told in this order
   */
  public static TrainingOutcome run(
      TrainingPlan plan,
      TrainingData data,
      Network initial,
      List<? extends TrainingListener> listeners) {
    StepSizes steps = StepSizeRule.resolve(plan, initial, data);
    EngineSetup setup = new EngineSetup(plan, steps, initial, data);
    try (TrainingEngine engine = Engines.open(setup)) {
      Measurement start = engine.measure();
      String why = Engines.explain(setup);
      listeners.forEach(l -> l.engineChosen(engine.description(), why));
      listeners.forEach(l -> l.started(plan, steps, engine.description(), start));
      Measurement last = start;
      StopReason reason = new StopReason(StopReason.Kind.ROUNDS_DONE, "all rounds are done");
      long round = 0;
      while (round < plan.rounds()) {
        MaskSet masks = plan.masks().draw(plan.seed(), round, plan.width());
        long k = round;
        listeners.forEach(l -> l.standing(k, Optional.of(masks), engine::network));
        boolean observed = plan.observation().observes(round, plan.rounds());
        boolean subnetErrors = observed && plan.observation().detail() == Observation.Detail.STEPS;
        RoundReport report = engine.round(new RoundTask(round, masks, subnetErrors, observed));
        if (report.whole().isPresent()) {
          last = report.whole().get();
        }
        tell(listeners, plan, data, round, masks, report);
        round++;
        Optional<StopReason> stop = firstStop(listeners);
        if (stop.isPresent()) {
          reason = stop.get();
          if (report.whole().isEmpty()) {
            last = engine.measure();
            tellAggregated(listeners, plan, data, round - 1, masks, last);
          }
          break;
        }
      }
      StopReason end = reason;
      long taken = round;
      listeners.forEach(l -> l.standing(taken, Optional.empty(), engine::network));
      listeners.forEach(l -> l.finished(end));
      long localSteps = round * plan.masks().subnets() * plan.localSteps();
      return new TrainingOutcome(
          engine.network(), start, last, steps, engine.description(), round, localSteps, end);
    }
  }

  private static void tell(
      List<? extends TrainingListener> listeners,
      TrainingPlan plan,
      TrainingData data,
      long round,
      MaskSet masks,
      RoundReport report) {
    int errorsPerSubnet = plan.localSteps() + 1;
    if (report.subnetErrors().length > 0) {
      double[] sampled = new double[masks.subnets()];
      for (int l = 0; l < sampled.length; l++) {
        sampled[l] = report.subnetErrors()[l * errorsPerSubnet];
      }
      event(listeners, new TrainingEvent.Sampled(round, sampled));
      for (int l = 0; l < sampled.length; l++) {
        double[] local =
            Arrays.copyOfRange(
                report.subnetErrors(), l * errorsPerSubnet + 1, (l + 1) * errorsPerSubnet);
        event(listeners, new TrainingEvent.LocalSteps(round, l, local));
      }
    }
    report.whole().ifPresent(w -> tellAggregated(listeners, plan, data, round, masks, w));
    listeners.forEach(l -> l.roundDone(round, report));
  }

  private static void tellAggregated(
      List<? extends TrainingListener> listeners,
      TrainingPlan plan,
      TrainingData data,
      long round,
      MaskSet masks,
      Measurement whole) {
    long bytes = ByteLedger.roundBytes(masks, plan, data.features(), data.outputs());
    event(listeners, new TrainingEvent.Aggregated(round, whole, masks.uncovered(), bytes));
  }

  private static void event(List<? extends TrainingListener> listeners, TrainingEvent event) {
    listeners.forEach(l -> l.event(event));
  }

  private static Optional<StopReason> firstStop(List<? extends TrainingListener> listeners) {
    for (TrainingListener listener : listeners) {
      Optional<StopReason> stop = listener.stop();
      if (stop.isPresent()) {
        return stop;
      }
    }
    return Optional.empty();
  }
}
