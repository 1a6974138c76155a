package dev.shallot.training;

import dev.shallot.TrainingException;
import dev.shallot.engine.Cluster;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.Observation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Algorithm 1 of Liao and Kyrillidis, "On the convergence of shallow neural network training with
 * randomly masked neurons": in each round sample masks, let every subnet take its local steps,
 * aggregate.
 */
public final class MaskedTraining {
  private final TrainingPlan plan;
  private final TrainingData data;
  private final StepSizes steps;
  private final TrainingEngine engine;
  private final List<? extends TrainingListener> listeners;
  private final ErrorTrace errors = new ErrorTrace();

  private MaskedTraining(
      EngineSetup setup, TrainingEngine engine, List<? extends TrainingListener> listeners) {
    this.plan = setup.plan();
    this.data = setup.data();
    this.steps = setup.steps();
    this.engine = engine;
    this.listeners = listeners;
  }

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
   * Trains from the beginning; see {@link #run(TrainingPlan, TrainingData, Network, List,
   * Optional)}.
   */
  public static TrainingOutcome run(
      TrainingPlan plan,
      TrainingData data,
      Network initial,
      List<? extends TrainingListener> listeners) {
    return run(plan, data, initial, listeners, Optional.empty());
  }

  /**
   * Trains.
   *
   * @param plan everything the run is
   * @param data X and Y; not changed
   * @param initial the network to start from; not changed
   * @param listeners told in this order
   * @param from where a run that was saved goes on, by the same plan, data and initial network; its
   *     bits are then those of a run that was never interrupted. Empty: at the beginning
   */
  public static TrainingOutcome run(
      TrainingPlan plan,
      TrainingData data,
      Network initial,
      List<? extends TrainingListener> listeners,
      Optional<Resumption> from) {
    return run(plan, data, initial, listeners, from, Optional.empty());
  }

  /**
   * Trains, here or elsewhere.
   *
   * @param initial the network to start from, which an engine that works elsewhere never has as a
   *     whole if it is a {@link dev.shallot.network.DrawnNetwork}
   * @param cluster the other machines, for an engine that works on them
   */
  public static TrainingOutcome run(
      TrainingPlan plan,
      TrainingData data,
      NetworkRows initial,
      List<? extends TrainingListener> listeners,
      Optional<Resumption> from,
      Optional<Cluster> cluster) {
    StepSizes steps =
        from.map(Resumption::steps).orElseGet(() -> StepSizeRule.resolve(plan, initial, data));
    EngineSetup setup = new EngineSetup(plan, steps, initial, data);
    try (TrainingEngine engine = Engines.open(setup, cluster)) {
      String why = Engines.explain(setup);
      listeners.forEach(l -> l.engineChosen(engine.description(), why));
      MaskedTraining training = new MaskedTraining(setup, engine, listeners);
      return training.train(from.isPresent() ? training.resume(from.get()) : training.begin());
    }
  }

  private TrainingMoment begin() {
    Measurement initial = engine.measure();
    listeners.forEach(l -> l.started(plan, steps, engine.description(), initial));
    return moment(0, initial);
  }

  private TrainingMoment resume(Resumption from) {
    NetworkRows opened = engine.rows();
    try {
      exchange(from.state());
    } catch (IOException e) {
      throw new TrainingException("cannot restore the run: " + e.getMessage(), e);
    }
    TrainingMoment moment = moment(from.rounds(), from.initial());
    listeners.forEach(l -> l.resumed(plan, moment, engine.description(), opened));
    return moment;
  }

  private TrainingMoment moment(long rounds, Measurement initial) {
    return new TrainingMoment(rounds, steps, initial, errors, this::exchange);
  }

  private void exchange(StateExchange state) throws IOException {
    engine.exchange(state);
    errors.exchange(state);
    for (TrainingListener listener : listeners) {
      listener.exchange(state);
    }
  }

  private TrainingOutcome train(TrainingMoment from) {
    Measurement last = from.initial();
    StopReason reason = new StopReason(StopReason.Kind.ROUNDS_DONE, "all rounds are done");
    long round = from.rounds();
    while (round < plan.rounds()) {
      MaskSet masks = plan.masks().draw(plan.seed(), round, plan.width());
      long k = round;
      listeners.forEach(l -> l.standing(k, Optional.of(masks), engine));
      boolean observed = plan.observation().observes(round, plan.rounds());
      boolean subnetErrors = observed && plan.observation().detail() == Observation.Detail.STEPS;
      RoundReport report = engine.round(new RoundTask(round, masks, subnetErrors, observed));
      if (report.whole().isPresent()) {
        last = report.whole().get();
        errors.add(round, last.error());
      }
      tell(round, masks, report);
      listeners.forEach(l -> l.trained(k, engine));
      round++;
      Optional<StopReason> stop = stop(round);
      TrainingMoment here = moment(round, from.initial());
      listeners.forEach(l -> l.between(here, stop));
      if (stop.isPresent()) {
        reason = stop.get();
        if (report.whole().isEmpty()) {
          last = engine.measure();
          tellAggregated(round - 1, masks, last);
        }
        break;
      }
    }
    StopReason end = reason;
    long taken = round;
    listeners.forEach(l -> l.standing(taken, Optional.empty(), engine));
    listeners.forEach(l -> l.finished(end));
    long localSteps = round * plan.masks().subnets() * plan.localSteps();
    return new TrainingOutcome(
        engine.rows(),
        from.initial(),
        last,
        steps,
        engine.description(),
        round,
        localSteps,
        end,
        engine.traffic());
  }

  private void tell(long round, MaskSet masks, RoundReport report) {
    int errorsPerSubnet = plan.localSteps() + 1;
    if (report.subnetErrors().length > 0) {
      double[] sampled = new double[masks.subnets()];
      for (int l = 0; l < sampled.length; l++) {
        sampled[l] = report.subnetErrors()[l * errorsPerSubnet];
      }
      event(new TrainingEvent.Sampled(round, sampled));
      for (int l = 0; l < sampled.length; l++) {
        double[] local =
            Arrays.copyOfRange(
                report.subnetErrors(), l * errorsPerSubnet + 1, (l + 1) * errorsPerSubnet);
        event(new TrainingEvent.LocalSteps(round, l, local));
      }
    }
    report.whole().ifPresent(w -> tellAggregated(round, masks, w));
    listeners.forEach(l -> l.roundDone(round, report));
  }

  private void tellAggregated(long round, MaskSet masks, Measurement whole) {
    long bytes = ByteLedger.roundBytes(masks, plan, data.features(), data.outputs());
    event(new TrainingEvent.Aggregated(round, whole, masks.uncovered(), bytes));
  }

  private void event(TrainingEvent event) {
    listeners.forEach(l -> l.event(event));
  }

  /** The first listener's reason to end; an interruption that comes when all is done is none. */
  private Optional<StopReason> stop(long taken) {
    for (TrainingListener listener : listeners) {
      Optional<StopReason> stop = listener.stop();
      boolean late =
          taken == plan.rounds()
              && stop.filter(s -> s.kind() == StopReason.Kind.INTERRUPTED).isPresent();
      if (stop.isPresent() && !late) {
        return stop;
      }
    }
    return Optional.empty();
  }
}
