package dev.shallot.cli;

import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.SweepWatch;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Says how a sweep is run, then how far it is: a bar with the remaining time on a terminal, a line
 * now and then elsewhere. Cells that fail or diverge are told as they come, the first few of them.
 */
final class SweepProgress implements SweepWatch, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 5_000_000_000L;
  private static final int TOLD_FAILURES = 5;

  private final View view;
  private final boolean bar;
  private Optional<ProgressBar> shown = Optional.empty();
  private int before;
  private int failures;
  private int diverged;
  private long startNanos;
  private long lineNanos;

  SweepProgress(View view) {
    this.view = view;
    this.bar = !view.quiet() && Terminal.standardErrorIsTerminal();
  }

  @Override
  public void started(int cells, int runs, int done, int workers, List<String> remarks) {
    view.explain(
        "runs       %s%s%s, %s at once"
            .formatted(
                View.count(cells) + (cells == 1 ? " cell" : " cells"),
                runs < cells ? ", %s different plans".formatted(View.count(runs)) : "",
                done > 0 ? ", %s finished before".formatted(View.count(done)) : "",
                View.count(workers)));
    remarks.forEach(remark -> view.explain("           - " + remark));
    before = done;
    startNanos = System.nanoTime();
    lineNanos = startNanos;
    if (bar && done < runs) {
      shown =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName("cells")
                  .startsFrom(done, java.time.Duration.ZERO)
                  .setInitialMax(runs)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUpdateIntervalMillis(200)
                  .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
                  .build());
    }
  }

  @Override
  public void finished(CellResult result, int done, int runs) {
    diverged += result.diverged() ? 1 : 0;
    if (result.failed() && ++failures <= TOLD_FAILURES && shown.isEmpty()) {
      view.remark("failed at %s: %s".formatted(result.at(), result.message()));
    }
    String bad =
        (diverged > 0 ? ", " + diverged + " diverged" : "")
            + (failures > 0 ? ", " + failures + " failed" : "");
    if (shown.isPresent()) {
      shown.get().stepTo(done);
      shown.get().setExtraMessage(bad.isEmpty() ? "" : bad.substring(2));
      return;
    }
    long now = System.nanoTime();
    if (!view.quiet() && now - lineNanos >= LINE_EVERY_NANOS && done < runs) {
      lineNanos = now;
      double passed = (now - startNanos) * 1e-9;
      view.remark(
          "cell %s of %s%s, %s passed, about %s left"
              .formatted(
                  View.count(done),
                  View.count(runs),
                  bad,
                  View.seconds(passed),
                  View.seconds(passed * (runs - done) / (done - before))));
    }
  }

  @Override
  public void close() {
    shown.ifPresent(ProgressBar::close);
    shown = Optional.empty();
  }
}
