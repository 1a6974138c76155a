package dev.shallot.run;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.StateExchange;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Ends a run after the round in progress when its time is spent. Not a {@link
 * dev.shallot.training.StoppingRule}: two runs of one plan end at different rounds, and the reason
 * that is recorded says so.
 */
public final class TimeBudget implements TrainingListener {
  private final double seconds;
  private double earlier;
  private long startNanos = System.nanoTime();
  private Optional<StopReason> reason = Optional.empty();

  /** A budget for one run, from its first round on. */
  public TimeBudget(double seconds) {
    this.seconds = seconds;
  }

  @Override
  public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
    startNanos = System.nanoTime();
  }

  @Override
  public void resumed(TrainingPlan plan, TrainingMoment moment, String engine, NetworkRows opened) {
    startNanos = System.nanoTime();
  }

  /** A run that goes on has spent what it had when it was saved. */
  @Override
  public void exchange(StateExchange state) throws IOException {
    earlier = state.number("time", spent());
  }

  private double spent() {
    return earlier + (System.nanoTime() - startNanos) * 1e-9;
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    if (reason.isEmpty() && spent() >= seconds) {
      reason =
          Optional.of(
              new StopReason(
                  StopReason.Kind.TIME_BUDGET,
                  String.format(
                      Locale.ROOT,
                      "round %d: the %.4g seconds of stop-seconds are spent; where that is depends"
                          + " on the machine",
                      round,
                      seconds)));
    }
  }

  @Override
  public Optional<StopReason> stop() {
    return reason;
  }
}
