package dev.shallot.cli;

import dev.shallot.baseline.Baseline;
import dev.shallot.baseline.Baselines;
import dev.shallot.data.PreparedData;
import dev.shallot.report.RunReport;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.RunOutcome;
import dev.shallot.run.RunResult;
import dev.shallot.training.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * A run that somebody waits for, begun or resumed: its progress, its end, its report, what to do if
 * it is interrupted.
 *
 * @param command who asked
 * @param view where everything is told
 * @param plan of the run
 * @param data of the run
 * @param baseline whether simpler models are computed beside it
 */
record Session(
    CommandLine command, View view, PlanDocument plan, PreparedData data, boolean baseline) {

  /**
   * Trains, and tells what came of it.
   *
   * @param training makes the run, with somebody listening
   * @return the exit code
   */
  int run(Function<List<TrainingListener>, RunResult> training) {
    // Until everything is told: a process that was interrupted ends when this closes.
    try (Interruption interruption = new Interruption(view)) {
      RunResult result;
      try (Progress progress = new Progress(view)) {
        result = training.apply(List.of(progress, interruption.listener()));
      }
      List<Baseline> baselines = List.of();
      if (baseline && result.model().isPresent() && !result.outcome().interrupted()) {
        view.remark("computing baselines ...");
        RunOutcome outcome = result.outcome();
        baselines = Baselines.of(plan, data, outcome.steps(), outcome.rounds());
        result = withBaselines(result, baselines);
      }
      Path report = RunReport.write(result.folder().path());
      int exitCode = finish(result, report, baselines);
      interruption.told();
      return exitCode;
    }
  }

  /** Puts baselines into run.json. */
  private static RunResult withBaselines(RunResult result, List<Baseline> baselines) {
    Map<String, Object> json = new LinkedHashMap<>(result.json());
    json.put("baselines", baselines.stream().map(Baseline::toMap).toList());
    result.folder().write(json);
    return new RunResult(result.folder(), result.outcome(), result.model(), json);
  }

  /** Tells the outcome of a run. */
  private int finish(RunResult result, Path report, List<Baseline> baselines) {
    Path folder = result.folder().path();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", folder.toString());
    document.put("report", report.toString());
    if (result.outcome().diverged()) {
      String message = "the run diverged in " + result.outcome().reason().message();
      document.put("error", message);
      document.put("exitCode", ExitCodes.DIVERGED);
      document.putAll(result.json());
      view.document(document);
      if (!view.json()) {
        Shallot.report(command, false, message, ExitCodes.DIVERGED);
        result
            .outcome()
            .tracked()
            .ifPresent(t -> TrackWords.of(t, result.outcome()).forEach(view::result));
        view.result("run        " + folder + " (events, no model)");
      }
      return ExitCodes.DIVERGED;
    }
    boolean interrupted = result.outcome().interrupted();
    if (interrupted) {
      view.result(
          "stopped    interrupted after %s of %s rounds"
              .formatted(
                  View.count(result.outcome().rounds()), View.count(plan.trainingPlan().rounds())));
    }
    Words.outcome(result.outcome(), plan).forEach(view::result);
    if (!baselines.isEmpty()) {
      BaselineWords.table(result.outcome(), baselines).forEach(view::result);
    }
    view.result("run        " + folder);
    view.result("report     " + report);
    if (interrupted) {
      view.result("go on      shallot resume " + folder);
      document.put("resume", "shallot resume " + folder);
    }
    document.putAll(result.json());
    view.document(document);
    return interrupted ? ExitCodes.INTERRUPTED : ExitCodes.DONE;
  }
}
