package dev.shallot.report;

import dev.shallot.engine.Measurement;
import dev.shallot.mask.MaskLaw;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Observation;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import dev.shallot.training.MaskedTraining;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Real small runs of the reference engine on made-up data, written as a run folder. */
record SampleRun(
    int width,
    MaskLaw masks,
    int localSteps,
    long rounds,
    double stepSize,
    int outputs,
    Observation observation) {
  private static final int SAMPLES = 40;
  private static final int FEATURES = 10;
  private static final JsonMapper JSON = new JsonMapper();

  static SampleRun bernoulli() {
    return new SampleRun(
        200, new MaskLaw.Bernoulli(4, 0.5), 5, 60, 0.25, 1, Observation.everything());
  }

  static SampleRun diverging() {
    return new SampleRun(
        200, new MaskLaw.Bernoulli(4, 0.5), 5, 60, 9.0, 1, Observation.everything());
  }

  static SampleRun tenOutputs() {
    return new SampleRun(
        200, new MaskLaw.Categorical(4), 10, 40, 0.25, 10, Observation.everything());
  }

  /** More micro-steps than are drawn one by one. */
  static SampleRun longRun() {
    return new SampleRun(
        20, new MaskLaw.Bernoulli(3, 0.5), 8, 3_100, 0.25, 1, Observation.everything());
  }

  SampleRun rounds(long count) {
    return new SampleRun(width, masks, localSteps, count, stepSize, outputs, observation);
  }

  SampleRun roundsOnly() {
    return new SampleRun(
        width,
        masks,
        localSteps,
        rounds,
        stepSize,
        outputs,
        new Observation(Observation.Detail.ROUNDS, 1));
  }

  /** Trains and writes {@code run.json} and {@code events.jsonl}. */
  Path write(Path folder) {
    TrainingPlan plan =
        TrainingPlan.builder(width, masks)
            .rounds(rounds)
            .localSteps(localSteps)
            .stepSize(stepSize)
            .engine(EngineKind.REFERENCE)
            .seed(7)
            .observation(observation)
            .build();
    TrainingData data = data();
    Events events = new Events();
    TrainingOutcome outcome = MaskedTraining.run(plan, data, List.of(events));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("events.jsonl"), String.join("\n", events.lines) + "\n");
      Files.writeString(
          folder.resolve("run.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(plan, data, outcome)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** Adds to a written run what early stopping measures: a loss after every other round. */
  static void stopEarly(Path folder, long kept) {
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(folder.resolve("events.jsonl"))) {
        lines.add(line);
        long round = JSON.readTree(line).get("round").asLong();
        if (line.contains("initial") || (line.contains("aggregated") && round % 2 == 0)) {
          lines.add(
              "{\"round\":%d,\"type\":\"held-out\",\"loss\":%s}"
                  .formatted(round, 0.01 + 1e-4 * Math.abs(round - kept)));
        }
      }
      Files.writeString(folder.resolve("events.jsonl"), String.join("\n", lines) + "\n");
      Path run = folder.resolve("run.json");
      Files.writeString(
          run,
          Files.readString(run)
              .replace(
                  "\"stopReason\" :",
                  "\"kept\" : {\"round\" : %d, \"loss\" : 0.01}, \"stopReason\" :"
                      .formatted(kept)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unit rows, targets that a network of this kind can learn in part. */
  private TrainingData data() {
    CounterRandom random = new CounterRandom(11, RandomStream.HIDDEN_WEIGHTS);
    double[] x = new double[SAMPLES * FEATURES];
    double[] y = new double[SAMPLES * outputs];
    for (int i = 0; i < SAMPLES; i++) {
      double norm = 0.0;
      for (int j = 0; j < FEATURES; j++) {
        x[i * FEATURES + j] = random.gaussian(i * FEATURES + j);
        norm += x[i * FEATURES + j] * x[i * FEATURES + j];
      }
      for (int j = 0; j < FEATURES; j++) {
        x[i * FEATURES + j] /= Math.sqrt(norm);
      }
      for (int o = 0; o < outputs; o++) {
        y[i * outputs + o] =
            Math.sin(3 * x[i * FEATURES + o % FEATURES]) + 0.3 * x[i * FEATURES + 1];
      }
    }
    return new TrainingData(SAMPLES, FEATURES, outputs, x, y);
  }

  private Map<String, Object> document(
      TrainingPlan plan, TrainingData data, TrainingOutcome outcome) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", "shallot-run");
    root.put("formatVersion", 1);
    root.put("plan", plan(plan));
    List<String> targets = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      targets.add(outputs == 1 ? "strength" : "digit " + o);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", "/data/a & b/<sample>.csv");
    facts.put("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    facts.put("fileRows", 12345);
    facts.put("fileColumns", FEATURES + outputs);
    facts.put("samples", SAMPLES);
    facts.put("heldOut", 10);
    facts.put("features", FEATURES);
    facts.put("outputs", outputs);
    facts.put("featureNames", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
    facts.put("targetNames", targets);
    facts.put("targetNorm", data.targetNorm());
    facts.put("rowNormMin", 1.0);
    facts.put("rowNormMax", 1.0000000000000002);
    facts.put("nearestParallel", 0.8734521);
    facts.put(
        "notes", List.of("the separator is a comma", "3 rows with missing values were left out"));
    root.put("data", facts);
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("version", "0.1.0");
    provenance.put("jvm", "25.0.1");
    provenance.put("os", "Linux 6.1");
    provenance.put("arch", "amd64");
    provenance.put("cpu", "Some processor @ 3.0 GHz");
    provenance.put("cores", 2);
    provenance.put("simd", "512 bits");
    provenance.put("started", "2026-01-02T03:04:05.678Z");
    root.put("provenance", provenance);
    root.put("outcome", outcome(outcome, targets));
    return root;
  }

  private Map<String, Object> plan(TrainingPlan plan) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flat.put("width", width);
    flat.put("mask", masks instanceof MaskLaw.Bernoulli ? "bernoulli" : "categorical");
    flat.put("keep", plan.keepProbability());
    flat.put("subnets", masks.subnets());
    flat.put("rounds", rounds);
    flat.put("local-steps", localSteps);
    flat.put("step-size", stepSize);
    flat.put("init", "ntk");
    flat.put("init-scale", 1.0);
    flat.put("aggregation", "coverage-mean");
    flat.put("train", "hidden");
    flat.put("batch", "full");
    flat.put("precision", "float64");
    flat.put("engine", "reference");
    flat.put("threads", 1);
    flat.put("seed", 7);
    flat.put("scaling", "paper");
    flat.put("events", observation.detail().name().toLowerCase(java.util.Locale.ROOT));
    flat.put("events-every", observation.every());
    flat.put("na", List.of("?", "NA"));
    flat.put("split", 0.2);
    return flat;
  }

  private static Map<String, Object> outcome(TrainingOutcome outcome, List<String> targets) {
    Map<String, Object> tree = new LinkedHashMap<>();
    boolean diverged = !(outcome.last().error() < 1e6);
    tree.put("stopReason", diverged ? "diverged" : "rounds-done");
    tree.put(
        "stopMessage",
        diverged
            ? "round 3, subnet 2, local step 4: the error is above 10^6 times the initial one; a"
                + " step size below 0.21 is stable"
            : "all rounds are done");
    tree.put("rounds", outcome.rounds());
    tree.put("localStepsApplied", outcome.localSteps());
    tree.put("initialError", finite(outcome.initial().error()));
    tree.put("finalError", finite(outcome.last().error()));
    tree.put("stepSize", outcome.steps().hidden());
    tree.put("outputStepSize", outcome.steps().output());
    tree.put("stepSizeReason", outcome.steps().reason());
    tree.put("engine", outcome.engine());
    tree.put("precision", "float64");
    tree.put("displacement", finite(outcome.last().displacement()));
    tree.put("flips", outcome.last().flips());
    tree.put("dead", outcome.last().dead());
    tree.put("seconds", 3.4219);
    tree.put("trainingSeconds", 2.9871);
    if (!diverged) {
      tree.put("trainScores", scores(targets, 0.1234));
      tree.put("heldOutScores", scores(targets, 0.2345));
    }
    return tree;
  }

  private static List<Map<String, Object>> scores(List<String> targets, double rmse) {
    List<Map<String, Object>> scores = new ArrayList<>();
    for (int o = 0; o < targets.size(); o++) {
      Map<String, Object> score = new LinkedHashMap<>();
      score.put("target", targets.get(o));
      score.put("rmse", rmse * (1 + 0.1 * o));
      score.put("mae", 0.8 * rmse);
      score.put("r2", 1 - rmse * rmse * (1 + o));
      scores.add(score);
    }
    return scores;
  }

  private static Object finite(double value) {
    return Double.isFinite(value)
        ? (Object) value
        : tools.jackson.databind.node.NullNode.getInstance();
  }

  /** The event log. */
  private static final class Events implements TrainingListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
      lines.add(
          "{\"round\":-1,\"type\":\"initial\",\"error\":%s,\"flips\":0,\"dead\":%d}"
              .formatted(number(initial.error()), initial.dead()));
    }

    @Override
    public void event(TrainingEvent event) {
      lines.add(
          switch (event) {
            case TrainingEvent.Sampled e ->
                "{\"round\":%d,\"type\":\"sampled\",\"errors\":%s}"
                    .formatted(e.round(), numbers(e.errors()));
            case TrainingEvent.LocalSteps e ->
                "{\"round\":%d,\"type\":\"local\",\"subnet\":%d,\"errors\":%s}"
                    .formatted(e.round(), e.subnet(), numbers(e.errors()));
            case TrainingEvent.Aggregated e ->
                "{\"round\":%d,\"type\":\"aggregated\",\"error\":%s,\"displacement\":%s,\"flips\":%d,\"uncovered\":%d,\"dead\":%d,\"bytes\":%d}"
                    .formatted(
                        e.round(),
                        number(e.whole().error()),
                        number(e.whole().displacement()),
                        e.whole().flips(),
                        e.uncovered(),
                        e.whole().dead(),
                        e.bytes());
          });
    }

    private static String number(double value) {
      return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String numbers(double[] values) {
      List<String> texts = new ArrayList<>();
      for (double value : values) {
        texts.add(number(value));
      }
      return "[" + String.join(",", texts) + "]";
    }
  }

  /** Writes folders to look at: steps, rounds, diverged, ten, long, every. */
  public static void main(String[] arguments) {
    Path base = Path.of(arguments[0]);
    Map<String, SampleRun> runs = new LinkedHashMap<>();
    runs.put("steps", bernoulli());
    runs.put("rounds", bernoulli().roundsOnly());
    runs.put("diverged", diverging());
    runs.put("ten", tenOutputs());
    runs.put("long", longRun());
    runs.put(
        "every",
        new SampleRun(
            200,
            new MaskLaw.Bernoulli(4, 0.5),
            5,
            100,
            0.25,
            1,
            new Observation(Observation.Detail.STEPS, 10)));
    runs.put(
        "one",
        new SampleRun(200, new MaskLaw.Bernoulli(1, 0.5), 1, 3, 0.25, 1, Observation.everything()));
    runs.forEach((name, run) -> System.out.println(RunReport.write(run.write(base.resolve(name)))));
  }
}
