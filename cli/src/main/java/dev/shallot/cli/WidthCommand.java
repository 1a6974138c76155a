package dev.shallot.cli;

import dev.shallot.bound.ConditionWidth;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.WorkerPool;
import dev.shallot.kernel.Samples;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.FactsJson;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.search.SearchSettings;
import dev.shallot.search.WidthSearch;
import dev.shallot.search.WidthTrial;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot width}. */
@Command(
    name = "width",
    sortOptions = false,
    description = {
      "Search the smallest width m* at which enough seeds reach a small training error, by doubling"
          + " and bisection, and set it beside the width that the sufficient condition COND asks"
          + " for. Each finished trial is on the disk: the same command goes on after a kill.",
      "",
      "Unless flags say otherwise: both layers are trained by full-batch gradient descent without"
          + " masks, from LeCun weights, for 20,000 steps.",
      ""
    })
final class WidthCommand implements Runnable {
  /** The plan keys that a trial does not decide itself. */
  static final List<PlanKey> FLAGS =
      Arrays.stream(PlanKey.values())
          .filter(
              key ->
                  !Set.of(
                          PlanKey.WIDTH,
                          PlanKey.EVENTS,
                          PlanKey.EVENTS_EVERY,
                          PlanKey.TRACK,
                          PlanKey.TRACK_EVERY)
                      .contains(key))
          .filter(key -> !key.stops())
          .toList();

  private static final Map<PlanKey, Object> DEFAULTS =
      Map.of(
          PlanKey.MASK, "full",
          PlanKey.SUBNETS, 1L,
          PlanKey.LOCAL_STEPS, 1L,
          PlanKey.ROUNDS, 20_000L,
          PlanKey.INIT, "lecun",
          PlanKey.INIT_SCALE, 1.0,
          PlanKey.TRAIN, "both",
          PlanKey.BATCH, "full",
          PlanKey.PRECISION, "float64");

  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description = "CSV, TSV, other text, Parquet or NPZ.")
  private Path data = Path.of("");

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder of the search; new, or of the same search, which then goes on.")
  private Path out = Path.of("");

  @Option(names = "--from", paramLabel = "N", description = "Narrowest width. Default: 1.")
  private int from = 1;

  @Option(names = "--to", paramLabel = "N", description = "Widest width. Default: 4096.")
  private int to = 4096;

  @Option(names = "--seeds", paramLabel = "N", description = "Trials a width. Default: 5.")
  private int seeds = 5;

  @Option(
      names = "--success",
      paramLabel = "X",
      description = "Share of the seeds that must succeed. Default: 0.6.")
  private double success = 0.6;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "A trial succeeds at ||y - u||^2 <= X ||y||^2. Default: 0.01.")
  private double tolerance = 0.01;

  @Option(names = "--paper", description = "Prepare the data as the papers do.")
  private boolean paper;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "JSON with plan keys (flags without dashes), or a run.json.")
  private Optional<Path> planFile = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** The defaults of trials over those of somebody's choice. */
  static PlanDocument defaults(boolean paper) {
    PlanDocument plan = paper ? PlanDocument.paper() : PlanDocument.practitioner();
    for (Map.Entry<PlanKey, Object> entry : DEFAULTS.entrySet()) {
      plan = plan.withDefault(entry.getKey(), entry.getValue(), "the search's defaults");
    }
    return plan;
  }

  @Override
  public void run() {
    View view = common.view();
    SearchSettings settings = new SearchSettings(from, to, seeds, success, tolerance);
    PlanDocument plan = defaults(paper);
    if (planFile.isPresent()) {
      plan = plan.withFile(planFile.get());
    }
    plan = plan.withFlags(PlanFlags.given(spec.commandLine().getParseResult()));
    plan.trainingPlan();
    PreparedData prepared = Run.prepare(plan, data);
    Words.facts(prepared).forEach(view::explain);
    String method =
        "%s masks, train %s, %s, %s weights, up to %s steps"
            .formatted(
                plan.show(PlanKey.MASK),
                plan.show(PlanKey.TRAIN),
                plan.show(PlanKey.ACTIVATION),
                plan.show(PlanKey.INIT),
                View.count(steps(plan.trainingPlan())));
    view.explain("trials     " + method);
    WidthSearch.Result result =
        WidthSearch.run(plan, prepared, settings, out, trial -> view.remark(line(trial)));
    if (result.torn()) {
      view.remark("a trial that was being written when the search was killed is made again");
    }
    Optional<OptionalLong> condition = condition(plan, prepared);
    tell(view, settings, prepared, plan, result, condition);
  }

  private static long steps(TrainingPlan plan) {
    return plan.rounds() * plan.localSteps();
  }

  private static String line(WidthTrial trial) {
    return "m = %s, seed %d: %s after %s steps, ||y - u||^2 = %s ||y||^2"
        .formatted(
            View.count(trial.width()),
            trial.seed(),
            switch (trial.end()) {
              case "reached" -> "succeeds";
              case "diverged" -> "diverges";
              default -> "fails";
            },
            View.count(trial.steps()),
            View.number(trial.relativeError()));
  }

  /** Where COND speaks of these trials: both layers, no masks. Empty inside: no width will do. */
  private static Optional<OptionalLong> condition(PlanDocument document, PreparedData data) {
    TrainingPlan plan = document.trainingPlan();
    boolean speaks =
        plan.trained() == TrainedLayers.BOTH
            && plan.keepProbability() == 1.0
            && plan.batch().isEmpty()
            && plan.initScale() > 0;
    if (!speaks || (plan.outputStepSize().isPresent() && plan.stepSize().isEmpty())) {
      return Optional.empty();
    }
    double ratio =
        plan.outputStepSize().isPresent()
            ? plan.stepSize().orElseThrow() / plan.outputStepSize().getAsDouble()
            : 1.0;
    try (WorkerPool pool = new WorkerPool(plan.threads())) {
      return Optional.of(
          ConditionWidth.estimate(
              Samples.of(data.train()),
              data.train().y(),
              plan.initialization(),
              plan.initScale(),
              plan.activation(),
              ratio,
              pool));
    }
  }

  private void tell(
      View view,
      SearchSettings settings,
      PreparedData prepared,
      PlanDocument plan,
      WidthSearch.Result result,
      Optional<OptionalLong> condition) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("data", FactsJson.of(prepared.facts()));
    document.put("plan", plan.toMap());
    document.put("folder", out.toString());
    view.result("     width   succeeded   median steps of those");
    List<Map<String, Object>> rows =
        result.widths().entrySet().stream()
            .map(entry -> row(view, entry.getKey(), entry.getValue()))
            .toList();
    document.put("widths", rows);
    document.put("needed", settings.needed());
    document.put("seeds", settings.seeds());
    document.put("resumedTrials", result.before());
    int n = prepared.train().samples();
    int d = prepared.train().features();
    document.put("samples", n);
    String goal =
        "%d of %d seeds reach ||y - u||^2 <= %s ||y||^2 within %s steps"
            .formatted(
                settings.needed(),
                settings.seeds(),
                View.number(settings.tolerance()),
                View.count(steps(plan.trainingPlan())));
    if (result.width().isPresent()) {
      int width = result.width().getAsInt();
      document.put("width", width);
      view.result(
          "m*         %s%s, measured: the smallest width found at which %s"
              .formatted(result.narrowest() ? "at most " : "", View.count(width), goal));
    } else {
      view.result(
          "m*         above %s, measured: at no width that was tried %s"
              .formatted(View.count(settings.to()), goal));
    }
    view.result(
        "n          %s samples of %s features; n/(d + 1) = %s by counting parameters (a guess, no bound)"
            .formatted(View.count(n), View.count(d), View.number((double) n / (d + 1))));
    view.result("COND       " + condition(condition, result.width()));
    condition.ifPresent(
        found -> found.ifPresent(width -> document.put("condWidthEstimated", width)));
    view.document(document);
  }

  private static String condition(Optional<OptionalLong> condition, java.util.OptionalInt found) {
    if (condition.isEmpty()) {
      return "says nothing here: it is about full-batch training of both layers without masks";
    }
    if (condition.get().isEmpty()) {
      return "is expected at no width: the infinite kernel of the features is singular";
    }
    long width = condition.get().getAsLong();
    return "expected from m = %s on (estimated; sufficient for gradient flow, ours)%s"
        .formatted(
            View.count(width),
            found.isPresent()
                ? ", %s times m*".formatted(times((double) width / found.getAsInt()))
                : "");
  }

  private static String times(double ratio) {
    return ratio < 100 ? View.number(ratio) : View.count(Math.round(ratio));
  }

  private static Map<String, Object> row(View view, int width, List<WidthTrial> trials) {
    long[] steps =
        trials.stream().filter(WidthTrial::success).mapToLong(WidthTrial::steps).sorted().toArray();
    view.result(
        "%10s   %d of %d      %s"
            .formatted(
                View.count(width),
                steps.length,
                trials.size(),
                steps.length == 0 ? "-" : View.count(median(steps))));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("width", width);
    map.put("succeeded", steps.length);
    map.put("trials", trials.size());
    if (steps.length > 0) {
      map.put("medianSteps", median(steps));
    }
    return map;
  }

  /** The middle one of ascending numbers, or the mean of the two in the middle. */
  private static long median(long[] ascending) {
    int n = ascending.length;
    return (ascending[(n - 1) / 2] + ascending[n / 2]) / 2;
  }
}
