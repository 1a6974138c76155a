package dev.shallot.cli;

import dev.shallot.run.PlanDocument;
import dev.shallot.sweep.Summary;
import dev.shallot.sweep.Sweep;
import dev.shallot.sweep.SweepData;
import dev.shallot.sweep.SweepResult;
import dev.shallot.sweep.SweepSettings;
import dev.shallot.sweep.SweepSpec;
import dev.shallot.sweep.SweepWatch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Runs a sweep, or goes on with one, in front of somebody: progress, an interrupt, the outcome. */
final class SweepSession {
  private final CommandLine command;
  private final View view;
  private final int workers;
  private final boolean failFast;
  private final boolean retry;

  SweepSession(CommandLine command, View view, int workers, boolean failFast, boolean retry) {
    this.command = command;
    this.view = view;
    this.workers = workers;
    this.failFast = failFast;
    this.retry = retry;
  }

  @FunctionalInterface
  private interface Running {
    SweepResult run(SweepSettings settings, SweepWatch watch);
  }

  /** Runs a sweep; the exit code. */
  int run(SweepSpec spec, SweepData data, Path folder) {
    PlanDocument first = spec.cells().getFirst().plan();
    first.notes().forEach(note -> view.explain("method     " + note));
    Words.facts(data.prepare(first)).forEach(view::explain);
    SweepWords.lines(spec).forEach(view::explain);
    return show(folder, (settings, watch) -> Sweep.run(spec, data, folder, settings, watch));
  }

  /** Goes on with the sweep of a folder; the exit code. */
  int resume(Path folder, Optional<Path> data) {
    return show(folder, (settings, watch) -> Sweep.resume(folder, data, settings, watch));
  }

  private int show(Path folder, Running running) {
    // Until everything is told: a process that was interrupted ends when this closes.
    try (Interruption interruption =
        new Interruption(view, "ending the rounds in progress; their cells are given up ...")) {
      SweepResult result;
      boolean stopped;
      try (SweepProgress progress = new SweepProgress(view)) {
        SweepSettings settings =
            new SweepSettings(workers, failFast, retry, interruption.listener());
        result = running.run(settings, progress);
        stopped = interruption.listener().stop().isPresent() && !result.complete();
      }
      int exitCode = tell(folder, result, stopped);
      interruption.told();
      return exitCode;
    }
  }

  private int tell(Path folder, SweepResult result, boolean stopped) {
    int exitCode =
        stopped
            ? ExitCodes.INTERRUPTED
            : result.failures() > 0 ? ExitCodes.BAD_INPUT : ExitCodes.DONE;
    Summary summary = Summary.of(result.spec(), result.cells());
    SweepWords.summary(result, summary, folder).forEach(view::result);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", folder.toString());
    document.put("points", result.points());
    document.put("finished", result.cells().size());
    document.put("complete", result.complete());
    document.put("failed", result.failures());
    result.ended().ifPresent(why -> document.put("ended", why));
    document.put("exitCode", exitCode);
    document.put("summary", summary.toList());
    view.document(document);
    if (stopped) {
      view.remark(
          "stopped: %s of %s cells are finished; go on with the same command, or shallot resume %s"
              .formatted(View.count(result.cells().size()), View.count(result.points()), folder));
    } else if (exitCode == ExitCodes.BAD_INPUT && !view.json()) {
      Shallot.report(command, false, SweepWords.failures(result), exitCode);
    }
    return exitCode;
  }
}
