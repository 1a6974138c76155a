package dev.shallot.cli;

import dev.shallot.data.PreparedData;
import dev.shallot.run.MethodPreset;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunFolder;
import dev.shallot.run.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
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
    View view = common.view();
    PlanDocument plan = mergedPlan();
    Path folder = out.orElseGet(() -> freeFolder(data));
    RunFolder.refuseExisting(folder);
    plan = Run.complete(plan);
    plan.checkNew();
    // Judged before the data is read: a wrong number should not wait for a large file.
    plan.trainingPlan();
    plan.tracking();
    plan.heldOutPatience();
    PreparedData prepared = Run.prepare(plan, data);
    plan.notes().forEach(note -> view.explain("method     " + note));
    Words.facts(prepared).forEach(view::explain);
    Words.plan(plan).forEach(view::explain);
    PlanDocument merged = plan;
    return new Session(spec.commandLine(), view, plan, prepared, baseline)
        .run(
            listeners -> Run.execute(new RunRequest(merged, prepared, folder, "train", listeners)));
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
}
