package dev.shallot.cli;

import dev.shallot.bound.Judgement;
import dev.shallot.data.DataFacts;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.WorkerPool;
import dev.shallot.plan.StepSizes;
import dev.shallot.report.RunReport;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.Json;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.run.RunData;
import dev.shallot.run.RunFolder;
import dev.shallot.trial.Theory;
import dev.shallot.trial.TheoryDocument;
import dev.shallot.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot theory}. */
@Command(
    name = "theory",
    sortOptions = false,
    subcommands = ErrataCommand.class,
    description = {
      "Judge data and a plan, or a run, by the theorems of Liao and Kyrillidis: which assumptions"
          + " hold, what is asked for, how far off it is; and for training, whether the conclusions"
          + " hold.",
      "",
      "Of a table the plan is the papers' setting, with the flags below over it; nothing is trained"
          + " unless --seeds asks for it. A run is trained again from its plan, the first seed"
          + " being its own; its folder gets the file theory.json and its report a section about"
          + " it.",
      ""
    })
final class TheoryCommand implements Runnable {
  /** The plan keys that decide something here. */
  static final List<PlanKey> FLAGS =
      Arrays.stream(PlanKey.values())
          .filter(
              key ->
                  !Set.of(PlanKey.EVENTS, PlanKey.EVENTS_EVERY, PlanKey.TRACK, PlanKey.TRACK_EVERY)
                      .contains(key))
          .filter(key -> !key.stops())
          .toList();

  private static final int SEEDS_OF_A_RUN = 5;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATA|RUN",
      description = "A table (CSV, TSV, other text, Parquet or NPZ), or a run folder.")
  private Optional<Path> given = Optional.empty();

  private Path source = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Train so many seeds for mean and spread. Default: 5 of a run, none of a table.")
  private Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--usual",
      description = "Of a table: start from the defaults of train, not the papers' setting.")
  private boolean usual;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Of a table: JSON with plan keys (flags without dashes), or a run.json.")
  private Optional<Path> planFile = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Of a run: where its data is now, if it moved.")
  private Optional<Path> moved = Optional.empty();

  @Option(
      names = "--delta",
      paramLabel = "X",
      description = "delta: the probability that a theorem may fail. Default: 0.1.")
  private Optional<Double> delta = Optional.empty();

  @Option(
      names = "--gamma",
      paramLabel = "X",
      description = "gamma: the free number of Theorem 4, in (0, 1). Default: 0.5.")
  private Optional<Double> gamma = Optional.empty();

  @Option(
      names = "--label-bound",
      paramLabel = "C",
      description = "C of |y| <= C - 1, at least 1. Default: the smallest that will do.")
  private Optional<Double> labelBound = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = common.view();
    source =
        given.orElseThrow(
            () ->
                new CommandLine.ParameterException(
                    spec.commandLine(), "Missing required parameter: 'DATA|RUN'"));
    check("--delta", delta, 0, 1);
    check("--gamma", gamma, 0, 1);
    if (labelBound.isPresent() && !(labelBound.get() >= 1 && labelBound.get() < 1e300)) {
      throw new CliException("--label-bound: expected a number of at least 1.");
    }
    if (seeds.isPresent() && (seeds.get() < 0 || seeds.get() > 1000)) {
      throw new CliException(
          "--seeds: expected a whole number of 0 to 1000, but found %d.".formatted(seeds.get()));
    }
    if (Files.isDirectory(source)) {
      judgeRun(view);
    } else {
      judgeTable(view);
    }
  }

  private static void check(String flag, Optional<Double> value, double low, double high) {
    if (value.isPresent() && !(value.get() > low && value.get() < high)) {
      throw new CliException(
          "%s: expected a number between %.0f and %.0f, but found %s."
              .formatted(flag, low, high, value.get()));
    }
  }

  private void judgeTable(View view) {
    if (moved.isPresent()) {
      throw new CliException(
          "--data is for a run whose data moved, but %s is no folder.".formatted(source));
    }
    PlanDocument plan = usual ? PlanDocument.practitioner() : PlanDocument.paper();
    if (planFile.isPresent()) {
      plan = plan.withFile(planFile.get());
    }
    plan = Run.complete(plan.withFlags(PlanFlags.given(spec.commandLine().getParseResult())));
    int threads = plan.trainingPlan().threads();
    PreparedData prepared = Run.prepare(plan, source);
    KernelRoom.ofTheory(prepared.train(), seeds.orElse(0) > 0)
        .check(Runtime.getRuntime().maxMemory(), "");
    try (WorkerPool pool = new WorkerPool(threads)) {
      Theory theory =
          Theory.of(plan, prepared, Optional.empty(), pool)
              .with(optional(labelBound), optional(delta), optional(gamma));
      data(view, theory);
      Theory.outside(plan, prepared)
          .ifPresent(
              why ->
                  TheoryText.folded("warning    " + why + "; see PLAIN-STEPS")
                      .forEach(view::result));
      int count = seeds.orElse(0);
      if (count > 0) {
        theory = theory.trained(count, plan.trainingPlan().rounds(), pool, progress(view));
      }
      List<Judgement> judgements = theory.judgements();
      tell(view, theory, judgements);
      view.document(TheoryDocument.of(theory, judgements));
    }
  }

  private void judgeRun(View view) {
    RunFolder folder = RunFolder.open(source);
    Map<String, String> flags = PlanFlags.given(spec.commandLine().getParseResult());
    if (!flags.isEmpty() || usual || planFile.isPresent()) {
      throw new CliException(
          "%s is a run and has its plan: %s can be given for a table only."
              .formatted(
                  source,
                  flags.isEmpty()
                      ? usual ? "--usual" : "--plan"
                      : "--" + flags.keySet().iterator().next()));
    }
    int count = seeds.orElse(SEEDS_OF_A_RUN);
    if (count == 0) {
      throw new CliException("--seeds: a run is judged by at least 1 seed, its own.");
    }
    if (!Files.isRegularFile(folder.eventsFile())) {
      throw new CliException(
          "%s is not there, and the report that gets the verdicts is drawn from it: train again, or judge the table with --plan %s."
              .formatted(folder.eventsFile(), folder.runFile()));
    }
    PlanDocument plan = folder.plan();
    Map<String, Object> outcome = folder.section(folder.read(), "outcome");
    PreparedData prepared = RunData.of(folder, moved);
    Theory.outside(plan, prepared)
        .ifPresent(
            why -> {
              throw new CliException(
                  "%s: no verdict can be given on the run %s. What they ask of its data: shallot theory %s with the squared loss."
                      .formatted(why, source, prepared.facts().source()));
            });
    KernelRoom.ofTheory(prepared.train(), true).check(Runtime.getRuntime().maxMemory(), "");
    long rounds =
        outcome.get("rounds") instanceof Number done
            ? done.longValue()
            : plan.trainingPlan().rounds();
    try (WorkerPool pool = new WorkerPool(plan.trainingPlan().threads())) {
      Theory theory =
          Theory.of(plan, prepared, steps(outcome), pool)
              .with(optional(labelBound), optional(delta), optional(gamma));
      data(view, theory);
      if (outcome.get("trainingSeconds") instanceof Number seconds) {
        view.remark(
            "training %d seed%s; the run itself took %s"
                .formatted(count, count == 1 ? "" : "s", View.seconds(seconds.doubleValue())));
      }
      theory = theory.trained(count, rounds, pool, progress(view));
      List<Judgement> judgements = theory.judgements();
      Map<String, Object> document = TheoryDocument.of(theory, judgements);
      String again = again(outcome, theory.trial().orElseThrow());
      view.explain("run        " + again);
      tell(view, theory, judgements);
      document.put("trainedAgain", again);
      AtomicFile.write(folder.theoryFile(), Json.write(document) + "\n");
      Path report = RunReport.write(folder.path());
      view.explain("");
      view.result("written    %s, %s".formatted(folder.theoryFile(), report));
      Map<String, Object> shown = new LinkedHashMap<>(document);
      shown.put("file", folder.theoryFile().toString());
      shown.put("report", report.toString());
      view.document(shown);
    }
  }

  private static Optional<StepSizes> steps(Map<String, Object> outcome) {
    return outcome.get("stepSize") instanceof Number hidden
            && outcome.get("outputStepSize") instanceof Number output
        ? Optional.of(
            new StepSizes(
                hidden.doubleValue(),
                output.doubleValue(),
                String.valueOf(outcome.get("stepSizeReason"))))
        : Optional.empty();
  }

  /** Whether training again gave what the run recorded. */
  private static String again(Map<String, Object> outcome, Trial.Outcome trial) {
    double mine = trial.ownErrors()[trial.ownErrors().length - 1];
    if (trial.ended().isPresent()) {
      return "trained again; " + trial.ended().get();
    }
    if (!(outcome.get("finalError") instanceof Number recorded)) {
      return "it was not finished; trained again to the end of its plan";
    }
    double error = recorded.doubleValue();
    if (mine == error) {
      return "trained again from its plan: the same final error, to the last bit";
    }
    return "trained again from its plan: final error %s, recorded %s".formatted(mine, error);
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private static Trial.Progress progress(View view) {
    long start = System.nanoTime();
    return (index, count) ->
        view.remark(
            "seed %d of %d%s"
                .formatted(
                    index + 1,
                    count,
                    index == 0
                        ? ""
                        : ", %s passed"
                            .formatted(View.seconds((System.nanoTime() - start) * 1e-9))));
  }

  /** The data, before anything is trained. */
  private static void data(View view, Theory theory) {
    KernelFacts facts = KernelFacts.of(theory.prepared(), theory.setting().data().pair());
    DataFacts complete = facts.complete(theory.prepared().facts());
    List<String> lines = new ArrayList<>(Words.facts(theory.prepared(), complete));
    lines.addAll(facts.lines());
    lines.forEach(line -> TheoryText.folded(line).forEach(view::explain));
    TheoryText.lambda(theory.setting()).forEach(view::explain);
    TheoryText.plan(theory).forEach(view::explain);
    view.explain("");
    TheoryText.words().forEach(view::explain);
    view.explain("");
  }

  private static void tell(View view, Theory theory, List<Judgement> judgements) {
    TheoryTable.of(judgements).forEach(view::result);
    if (theory.trial().isPresent()) {
      view.result("");
      TheoryAnswers.of(theory, judgements).forEach(view::result);
    }
  }
}
