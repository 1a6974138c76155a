package dev.shallot.cli;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.ErrorTrace;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Says which engine and step size are in force, then how far the run is: a bar with the remaining
 * time and the current error on a terminal, a line now and then elsewhere.
 */
final class Progress implements TrainingListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 5_000_000_000L;

  private final View view;
  private final boolean bar;
  private Optional<ProgressBar> shown = Optional.empty();
  private long rounds;
  private long first;
  private double error;
  private long startNanos;
  private long lineNanos;

  Progress(View view) {
    this.view = view;
    this.bar = !view.quiet() && Terminal.standardErrorIsTerminal();
  }

  @Override
  public void engineChosen(String engine, String why) {
    view.explain("engine     " + engine);
    view.explain("           " + why);
  }

  @Override
  public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
    view.explain(
        "step size  eta = %s%s: %s"
            .formatted(
                View.number(steps.hidden()),
                plan.trained().output() ? ", output layer " + View.number(steps.output()) : "",
                steps.reason()));
    begin(plan, 0, initial.error());
  }

  @Override
  public void resumed(TrainingPlan plan, TrainingMoment moment, String engine, NetworkRows opened) {
    ErrorTrace errors = moment.errors();
    begin(
        plan,
        moment.rounds(),
        errors.size() > 0 ? errors.error(errors.size() - 1) : moment.initial().error());
    shown.ifPresent(progress -> progress.stepTo(moment.rounds()));
  }

  private void begin(TrainingPlan plan, long done, double now) {
    rounds = plan.rounds();
    first = done;
    error = now;
    startNanos = System.nanoTime();
    lineNanos = startNanos;
    if (bar && rounds > 0) {
      shown =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName("training")
                  .setInitialMax(rounds)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUpdateIntervalMillis(200)
                  .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
                  .build());
    }
  }

  @Override
  public void event(TrainingEvent event) {
    if (event instanceof TrainingEvent.Aggregated aggregated) {
      error = aggregated.whole().error();
    }
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    if (shown.isPresent()) {
      shown.get().stepTo(round + 1);
      shown.get().setExtraMessage("error " + View.number(error));
      return;
    }
    long now = System.nanoTime();
    if (!view.quiet() && now - lineNanos >= LINE_EVERY_NANOS && round + 1 < rounds) {
      lineNanos = now;
      double passed = (now - startNanos) * 1e-9;
      view.remark(
          "round %s of %s, error %s, %s passed, about %s left"
              .formatted(
                  View.count(round + 1),
                  View.count(rounds),
                  View.number(error),
                  View.seconds(passed),
                  View.seconds(passed * (rounds - round - 1) / (round + 1 - first))));
    }
  }

  @Override
  public void finished(StopReason reason) {
    close();
  }

  @Override
  public void close() {
    shown.ifPresent(ProgressBar::close);
    shown = Optional.empty();
  }
}
