package dev.shallot.cli;

import dev.shallot.run.MethodPreset;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import dev.shallot.sweep.Axis;
import dev.shallot.sweep.DataSource;
import dev.shallot.sweep.GridText;
import dev.shallot.sweep.SweepData;
import dev.shallot.sweep.SweepFile;
import dev.shallot.sweep.SweepSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot sweep}. */
@Command(
    name = "sweep",
    sortOptions = false,
    description = {
      "Train a grid of plans side by side: each cell is one run on one thread, as many at once as"
          + " there are cores and memory for. A finished cell is on the disk; after a kill the same"
          + " command, or shallot resume DIR, goes on. Cells that diverge are results.",
      "",
      "The grid comes from a YAML file or from flags:",
      "  shallot sweep grid.yaml --out DIR",
      "  shallot sweep DATA --target y --grid keep=0.2,0.4,..,1 --grid subnets=1:10 --seeds 5"
          + " --out DIR",
      "Without data: synthetic:SET[,rows=N,features=N,outputs=N,labels=LAW,seed=N] in its place.",
      ""
    })
final class SweepCommand implements Callable<Integer> {
  /** The plan keys that decide something in a sweep. */
  static final List<PlanKey> FLAGS =
      Arrays.stream(PlanKey.values()).filter(key -> !SweepSpec.IDLE.contains(key)).toList();

  @Parameters(
      index = "0",
      paramLabel = "SPEC|DATA",
      description =
          "A .yaml or .yml file with the grid; or the data (CSV, TSV, other text, Parquet, NPZ, or"
              + " synthetic:SET), with the grid in flags.")
  private String source = "";

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder of the sweep; new, or of the same sweep, which then goes on.")
  private Path out = Path.of("");

  @Option(
      names = "--grid",
      paramLabel = "KEY=VALUES",
      description = {
        "An axis; may be given several times, the last one runs fastest. Any plan key:"
            + " keep=0.2,0.5,1 or keep=0.1,0.2,..,1 or FROM:TO[:STEP], the end included. Keys that"
            + " move together: keep+step-size=0.8+0.16,0.5+0.1. Presets: method=full,dropout,ist."
      })
  private List<String> grid = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Repetitions: the plan's seed and those after it. Default: 1.")
  private Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Of a SPEC: the data, in place of the one it names.")
  private Optional<String> data = Optional.empty();

  @Option(names = "--paper", description = "Start from the papers' setting, not the defaults.")
  private boolean paper;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "Set mask, subnets and local steps, as train does.")
  private Optional<String> method = Optional.empty();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "JSON with plan keys (flags without dashes), or a run.json.")
  private Optional<Path> planFile = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Cells at once, at most. Default: as many as there are cores and memory for.")
  private int workers;

  @Option(names = "--fail-fast", description = "End with the first cell that fails.")
  private boolean failFast;

  @Option(names = "--keep-going", description = "Record a cell that fails and go on; the default.")
  private boolean keepGoing;

  @Option(names = "--retry", description = "Run cells again that failed in an earlier start.")
  private boolean retry;

  @Option(
      names = "--traces",
      paramLabel = "N|all|none",
      description =
          "Points of each cell's error trace that are kept: every s-th round and the last. Default:"
              + " at most 1000.")
  private Optional<String> traces = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    View view = common.view();
    if (failFast && keepGoing) {
      throw new CliException("--fail-fast and --keep-going exclude each other.");
    }
    String name = source.toLowerCase(Locale.ROOT);
    boolean file = name.endsWith(".yaml") || name.endsWith(".yml");
    Map<String, String> flags = PlanFlags.given(spec.commandLine().getParseResult());
    SweepFile sweep = file ? fromFile(flags) : fromFlags(flags);
    refuseFixedAxes(sweep.spec(), flags);
    DataSource table =
        sweep
            .data()
            .orElseThrow(
                () ->
                    new CliException(
                        "%s names no data: add data: FILE, or give --data FILE."
                            .formatted(source)));
    return new SweepSession(spec.commandLine(), view, workers, failFast, retry)
        .run(sweep.spec(), SweepData.of(table), out);
  }

  private SweepFile fromFile(Map<String, String> flags) {
    boolean start = paper || method.isPresent() || planFile.isPresent();
    if (!grid.isEmpty() || seeds.isPresent() || start) {
      throw new CliException(
          "%s says what the grid is: write --grid, --seeds, --paper, --method and --plan into it (grid, seeds, start, method, plan). Plan flags and --data may be given."
              .formatted(source));
    }
    SweepFile read = SweepFile.read(Path.of(source));
    SweepSpec given = read.spec();
    SweepSpec changed =
        new SweepSpec(
            given.title(),
            given.base().withFlags(flags),
            given.axes(),
            given.amendments(),
            traces.map(SweepFile::tracePoints).orElse(given.tracePoints()));
    return new SweepFile(changed, data.map(DataSource::of).or(read::data));
  }

  private SweepFile fromFlags(Map<String, String> flags) {
    if (data.isPresent()) {
      throw new CliException("--data goes with a SPEC; here the data is %s.".formatted(source));
    }
    if (grid.isEmpty() && seeds.isEmpty()) {
      throw new CliException(
          "a sweep needs an axis: give --grid KEY=VALUES, --seeds N, or a .yaml file.");
    }
    PlanDocument plan = paper ? PlanDocument.paper() : PlanDocument.practitioner();
    if (method.isPresent()) {
      plan = plan.withMethod(MethodPreset.of(method.get()));
    }
    if (planFile.isPresent()) {
      plan = plan.withFile(planFile.get());
    }
    plan = plan.withFlags(flags);
    List<Axis> axes = new ArrayList<>();
    for (String axis : grid) {
      axes.add(GridText.axis(axis));
    }
    if (seeds.isPresent()) {
      if (seeds.get() < 1) {
        throw new CliException("--seeds must be at least 1, but is %d.".formatted(seeds.get()));
      }
      axes.add(Axis.seeds(plan.trainingPlan().seed(), seeds.get()));
    }
    int points = traces.map(SweepFile::tracePoints).orElse(SweepSpec.USUAL_TRACE_POINTS);
    SweepSpec made = new SweepSpec("", plan, axes, List.of(), points);
    return new SweepFile(made, Optional.of(DataSource.of(source)));
  }

  /** A flag that an axis overrides would change nothing; but a seed is where the seeds begin. */
  private static void refuseFixedAxes(SweepSpec sweep, Map<String, String> flags) {
    for (Axis axis : sweep.axes()) {
      for (String key : axis.keys()) {
        if (flags.containsKey(key) && !key.equals(PlanKey.SEED.key())) {
          throw new RunException(
              "--%s has no effect: the axis %s of the grid sets it.".formatted(key, axis.name()));
        }
      }
    }
  }
}
