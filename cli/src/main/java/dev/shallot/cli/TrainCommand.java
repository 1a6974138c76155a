package dev.shallot.cli;

import dev.shallot.baseline.Baseline;
import dev.shallot.baseline.Baselines;
import dev.shallot.data.PreparedData;
import dev.shallot.report.RunReport;
import dev.shallot.run.MethodPreset;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunFolder;
import dev.shallot.run.RunOutcome;
import dev.shallot.run.RunRequest;
import dev.shallot.run.RunResult;
import dev.shallot.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Train on a table and write a run folder: plan and outcome (run.json), events"
          + " (events.jsonl), model (model.shallot), picture (report.html).",
      "",
      "The plan is merged from defaults (or --paper), --method, --plan and flags; later ones win."
          + " A mask here is drawn once per subnet and round, not per example as in frameworks'"
          + " dropout.",
      ""
    })
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description = "CSV, TSV, other text, Parquet or NPZ.")
  private Path data = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "The run folder; must not exist. Default: runs/NAME-1, -2, ...")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--paper", description = "Start from the papers' setting, not the defaults.")
  private boolean paper;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "Set mask, subnets and local steps: full (no masks), dropout, multi-dropout, ist"
              + " (Independent Subnet Training) or ist-bernoulli.")
  private Optional<String> method = Optional.empty();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "JSON with plan keys (flags without dashes), or a run.json.")
  private Optional<Path> planFile = Optional.empty();

  @Option(
      names = "--baseline",
      description =
          "Compute simpler models beside the run and print them in a table: the network without"
              + " masks, the linearised model, infinite-width kernel regression, random features.")
  private boolean baseline;

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    View view = new View(spec.commandLine(), common);
    PlanDocument plan = mergedPlan();
    Path folder = out.orElseGet(() -> freeFolder(data));
    RunFolder.refuseExisting(folder);
    plan = Run.complete(plan);
    // Judged before the data is read: a wrong number should not wait for a large file.
    plan.trainingPlan();
    plan.tracking();
    PreparedData prepared = Run.prepare(plan, data);
    plan.notes().forEach(note -> view.explain("method     " + note));
    Words.facts(prepared.facts()).forEach(view::explain);
    Words.plan(plan).forEach(view::explain);
    return train(spec.commandLine(), view, plan, prepared, folder, baseline);
  }

  private PlanDocument mergedPlan() {
    PlanDocument plan = paper ? PlanDocument.paper() : PlanDocument.practitioner();
    if (method.isPresent()) {
      plan = plan.withMethod(MethodPreset.of(method.get()));
    }
    if (planFile.isPresent()) {
      plan = plan.withFile(planFile.get());
    }
    return plan.withFlags(PlanFlags.given(spec.commandLine().getParseResult()));
  }

  /** runs/NAME-N with the smallest N that is free. */
  private static Path freeFolder(Path data) {
    Path last = data.getFileName();
    String name = last == null ? "run" : last.toString().replaceFirst("\\.[^.]*$", "");
    for (int n = 1; ; n++) {
      Path folder = Path.of("runs", (name.isEmpty() ? "run" : name) + "-" + n);
      if (!Files.exists(folder)) {
        return folder;
      }
    }
  }

  private static int train(
      CommandLine command,
      View view,
      PlanDocument plan,
      PreparedData data,
      Path folder,
      boolean baseline) {
    // Until everything is told: a process that was interrupted ends when this closes.
    try (Interruption interruption = new Interruption(view)) {
      RunResult result;
      try (Progress progress = new Progress(view)) {
        List<TrainingListener> listeners = List.of(progress, interruption.listener());
        result = Run.execute(new RunRequest(plan, data, folder, "train", listeners));
      }
      List<Baseline> baselines = List.of();
      if (baseline && result.model().isPresent() && !result.outcome().stopped()) {
        view.remark("computing baselines ...");
        RunOutcome outcome = result.outcome();
        baselines = Baselines.of(plan, data, outcome.steps(), outcome.rounds());
        result = withBaselines(result, baselines);
      }
      Path report = RunReport.write(result.folder().path());
      return finish(command, view, result, report, baselines);
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
  private static int finish(
      CommandLine command, View view, RunResult result, Path report, List<Baseline> baselines) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", result.folder().path().toString());
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
        view.result("run        " + result.folder().path() + " (events, no model)");
      }
      return ExitCodes.DIVERGED;
    }
    if (result.outcome().stopped()) {
      view.result("stopped    " + result.outcome().reason().message());
    }
    Words.outcome(result.outcome()).forEach(view::result);
    if (!baselines.isEmpty()) {
      BaselineWords.table(result.outcome(), baselines).forEach(view::result);
    }
    view.result("run        " + result.folder().path());
    view.result("report     " + report);
    document.putAll(result.json());
    view.document(document);
    return result.outcome().stopped() ? ExitCodes.INTERRUPTED : ExitCodes.DONE;
  }
}
