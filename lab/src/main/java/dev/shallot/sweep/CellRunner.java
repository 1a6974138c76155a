package dev.shallot.sweep;

import dev.shallot.TrainingException;
import dev.shallot.data.DataException;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Preprocessing;
import dev.shallot.engine.dense.Forward;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.EarlyStop;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunException;
import dev.shallot.run.Score;
import dev.shallot.run.TimeBudget;
import dev.shallot.training.DivergenceGuard;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.StopReason;
import dev.shallot.training.Stopping;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Trains one cell. */
final class CellRunner {
  private final SweepData data;
  private final int tracePoints;
  private final TrainingListener stop;
  private final CellProbe probe;

  /**
   * A runner for the cells of a sweep.
   *
   * @param data of all cells
   * @param tracePoints how many points of a trace are kept
   * @param stop asked after every round; when it has a reason the cell is given up
   * @param probe measures what a trace does not hold
   */
  CellRunner(SweepData data, int tracePoints, TrainingListener stop, CellProbe probe) {
    this.data = data;
    this.tracePoints = tracePoints;
    this.stop = stop;
    this.probe = probe;
  }

  /**
   * The cell's result. What is wrong with a cell becomes a result that failed.
   *
   * @return nothing if the cell was given up
   */
  Optional<CellResult> run(Cell cell) {
    long startNanos = System.nanoTime();
    try {
      return train(cell, startNanos);
    } catch (TrainingException | DataException | RunException e) {
      return Optional.of(failed(cell, String.valueOf(e.getMessage()), startNanos));
    } catch (OutOfMemoryError e) {
      String message =
          "not enough memory: the JVM may use %,d MiB; run fewer cells at once, or give it more"
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      return Optional.of(failed(cell, message, startNanos));
    } catch (RuntimeException e) {
      return Optional.of(
          failed(cell, "this is a fault of the program, please report it: " + e, startNanos));
    }
  }

  private Optional<CellResult> train(Cell cell, long startNanos) {
    PlanDocument document = Run.complete(cell.plan());
    PreparedData prepared = data.prepare(document);
    TrainingData train = prepared.train();
    TrainingPlan plan = document.trainingPlan();
    Network initial = Run.initialNetwork(document, train);
    double ofZero = plan.loss().ofZero(train);
    DivergenceGuard guard = new DivergenceGuard(ofZero);
    Stopping stopping = new Stopping(document.stoppingRules(), ofZero);
    TraceRecorder recorder = new TraceRecorder();
    List<TrainingListener> listeners = new ArrayList<>(List.of(recorder, guard, stopping));
    EarlyStop early = EarlyStop.of(document, plan, prepared, (round, loss) -> {});
    listeners.addAll(early.listeners());
    document.timeBudget().ifPresent(seconds -> listeners.add(new TimeBudget(seconds)));
    CellProbe.Watch watch = probe.watch(plan, prepared, initial);
    listeners.add(watch);
    listeners.add(stop);
    Optional<TrainingOutcome> outcome = train(plan, train, initial, listeners, guard);
    StopReason reason =
        guard
            .stop()
            .or(() -> outcome.map(TrainingOutcome::reason))
            .orElseThrow(AssertionError::new);
    if (reason.kind() == StopReason.Kind.STOPPED || reason.kind() == StopReason.Kind.INTERRUPTED) {
      return Optional.empty();
    }
    boolean diverged = guard.stop().isPresent();
    return Optional.of(
        new CellResult(
            cell.index(),
            cell.at(),
            cell.hash(),
            reason.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            reason.message(),
            recorder.roundsTaken(),
            recorder.trace().thinned(tracePoints),
            recorder.initialError(),
            recorder.lastError(),
            stopping.bestAverage(),
            recorder.stepSizes(),
            ofZero,
            diverged
                ? List.of()
                : heldOut(plan, early.choose(outcome.orElseThrow().rows()).whole(), prepared),
            watch.measured(),
            recorder.engine(),
            (System.nanoTime() - startNanos) * 1e-9));
  }

  /** The outcome, or nothing if the run diverged so far that there is no network. */
  private static Optional<TrainingOutcome> train(
      TrainingPlan plan,
      TrainingData data,
      Network initial,
      List<TrainingListener> listeners,
      DivergenceGuard guard) {
    try {
      return Optional.of(MaskedTraining.run(plan, data, initial, listeners));
    } catch (TrainingException e) {
      // Weights that overflowed make no network; the guard knows where that began.
      if (guard.stop().isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static List<Score> heldOut(TrainingPlan plan, Network network, PreparedData prepared) {
    if (prepared.heldOut().isEmpty()) {
      return List.of();
    }
    TrainingData rows = prepared.heldOut().get();
    Preprocessing preprocessing = prepared.preprocessing();
    double[] outputs = Forward.outputs(network, rows.x(), rows.samples(), plan.threads());
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] *= plan.wholeFactor();
    }
    return Score.of(
        preprocessing,
        preprocessing.predictions(outputs),
        preprocessing.unscaleLabels(rows.y()),
        rows.weights());
  }

  private static CellResult failed(Cell cell, String message, long startNanos) {
    return new CellResult(
        cell.index(),
        cell.at(),
        cell.hash(),
        CellResult.FAILED,
        message,
        0,
        Trace.NONE,
        Double.NaN,
        Double.NaN,
        OptionalDouble.empty(),
        new StepSizes(Double.NaN, Double.NaN, ""),
        Double.NaN,
        List.of(),
        Map.of(),
        "",
        (System.nanoTime() - startNanos) * 1e-9);
  }
}
