package dev.shallot.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a plan, in the order in which they are shown. The command line makes a flag of each,
 * {@code run.json} and plan files an entry of each: this table is the one place that knows them.
 *
 * <p>Long because it is a table.
 */
public enum PlanKey {
  WIDTH(
      "width",
      "m",
      "N",
      "hidden neurons",
      Part.NETWORK,
      PlanValue.whole(1, Integer.MAX_VALUE - 64)),
  ACTIVATION(
      "activation",
      "phi",
      "NAME",
      "what a hidden neuron makes of its input: relu, softplus, gelu or tanh; all but relu in all"
          + " engines but gram",
      Part.NETWORK,
      PlanValue.choice("relu", "softplus", "gelu", "tanh")),
  INIT(
      "init",
      "W_0, a_0",
      "LAW",
      "law of the initial weights: ntk, lecun, he, glorot, or a file: FILE.npz or FILE.safetensors"
          + " with arrays W and a, or the two linear layers of a PyTorch module in"
          + " FILE.safetensors",
      Part.NETWORK,
      PlanValue.choice("ntk", "lecun", "he", "glorot").orFile(".npz", ".safetensors")),
  INIT_SCALE(
      "init-scale",
      "kappa",
      "X",
      "standard deviation of the initial hidden weights (ntk), or a factor on it",
      Part.NETWORK,
      PlanValue.real("a number of at least 0", x -> x >= 0)),
  MASK(
      "mask",
      "m_{k,r}^l",
      "LAW",
      "which subnet holds which neuron: full, bernoulli, categorical or partition",
      Part.METHOD,
      PlanValue.choice("full", "bernoulli", "categorical", "partition")),
  KEEP(
      "keep",
      "xi",
      "X",
      "probability that a bernoulli mask keeps a neuron; other laws fix it (1, or 1/p)",
      Part.METHOD,
      PlanValue.real("a number above 0 and at most 1", x -> x > 0 && x <= 1)),
  SUBNETS(
      "subnets",
      "p",
      "N",
      "subnets of a round",
      Part.METHOD,
      PlanValue.whole(1, Integer.MAX_VALUE)),
  ROUNDS("rounds", "K", "N", "rounds", Part.METHOD, PlanValue.whole(0, Long.MAX_VALUE)),
  LOCAL_STEPS(
      "local-steps",
      "tau",
      "N",
      "gradient steps of each subnet in a round",
      Part.METHOD,
      PlanValue.whole(1, Integer.MAX_VALUE)),
  STEP_SIZE(
      "step-size",
      "eta",
      "X",
      "step size, or auto: from the largest eigenvalue of the tangent kernel",
      Part.METHOD,
      PlanValue.real("a number above 0", x -> x > 0).or("auto")),
  LOSS(
      "loss",
      "",
      "NAME",
      "what is made small: squared, for numbers; cross-entropy (of a softmax), for a target of"
          + " classes, text or whole numbers; all engines but gram",
      Part.METHOD,
      PlanValue.choice("squared", "cross-entropy")),
  MOMENTUM(
      "momentum",
      "mu",
      "X",
      "momentum of local steps, v = mu v - gradient, w = w + eta v; a neuron keeps its velocity"
          + " from round to round; all engines but gram",
      Part.METHOD,
      PlanValue.real("a number of at least 0 and below 1", x -> x >= 0 && x < 1)),
  SCHEDULE(
      "schedule",
      "",
      "SHAPE",
      "step sizes over the rounds: constant, cosine, linear or steps; all engines but gram",
      Part.METHOD,
      PlanValue.choice("constant", "cosine", "linear", "steps")),
  SCHEDULE_END(
      "schedule-end",
      "",
      "X",
      "with schedule cosine and linear: which part of the step size is left at the end",
      Part.METHOD,
      PlanValue.real("a number of at least 0 and below 1", x -> x >= 0 && x < 1)),
  SCHEDULE_EVERY(
      "schedule-every",
      "",
      "N",
      "with schedule steps: rounds between falls",
      Part.METHOD,
      PlanValue.whole(1, Long.MAX_VALUE)),
  SCHEDULE_FACTOR(
      "schedule-factor",
      "",
      "X",
      "with schedule steps: what the step size is multiplied with at each",
      Part.METHOD,
      PlanValue.real("a number above 0 and below 1", x -> x > 0 && x < 1)),
  WARM_UP(
      "warm-up",
      "",
      "N",
      "rounds at the start in which the step size grows to its full length",
      Part.METHOD,
      PlanValue.whole(0, Long.MAX_VALUE)),
  AGGREGATION(
      "aggregation",
      "1/X_{k,r}",
      "RULE",
      "how subnets become one network again: coverage-mean (Algorithm 1), subnet-mean (Inoue),"
          + " zero-uncovered (the authors' released code)",
      Part.METHOD,
      PlanValue.choice("coverage-mean", "subnet-mean", "zero-uncovered")),
  TRAIN(
      "train",
      "",
      "LAYERS",
      "which weights move: hidden (W), output (a) or both",
      Part.METHOD,
      PlanValue.choice("hidden", "output", "both")),
  OUTPUT_STEP_SIZE(
      "output-step-size",
      "eta_a",
      "X",
      "step size of the output weights, or same (as the hidden layer's)",
      Part.METHOD,
      PlanValue.real("a number above 0", x -> x > 0).or("same")),
  DATA_SPLIT(
      "data-split",
      "",
      "HOW",
      "which samples a subnet learns from: full (all n) or shard (its own n/p, dealt out once at"
          + " random; its loss counts p times); all engines but gram",
      Part.METHOD,
      PlanValue.choice("full", "shard")),
  BATCH(
      "batch",
      "B",
      "N",
      "samples of a local step, or full (all n)",
      Part.METHOD,
      PlanValue.whole(1, Integer.MAX_VALUE).or("full")),
  SCALING(
      "scaling",
      "",
      "RULE",
      "where xi stands: paper (the whole network answers xi f) or inverted (a subnet answers"
          + " f_m/xi)",
      Part.METHOD,
      PlanValue.choice("paper", "inverted")),
  STOP_ERROR(
      "stop-error",
      "",
      "X",
      "stop after the round at which the error is at most X of the error of answering 0 (||y||^2"
          + " under the squared loss), or off",
      Part.METHOD,
      PlanValue.real("a number above 0", x -> x > 0).or("off")),
  STOP_PLATEAU(
      "stop-plateau",
      "",
      "N",
      "stop when the mean of the last N measured errors no longer improves, or off",
      Part.METHOD,
      PlanValue.whole(1, 1_000_000).or("off")),
  STOP_PATIENCE(
      "stop-patience",
      "",
      "N",
      "with stop-plateau: stop at the N-th failure to improve, counted over the whole run",
      Part.METHOD,
      PlanValue.whole(1, Integer.MAX_VALUE)),
  STOP_FLOOR(
      "stop-floor",
      "",
      "X",
      "with stop-plateau: stop as well when that mean is below X of the error of answering 0, or"
          + " off",
      Part.METHOD,
      PlanValue.real("a number above 0", x -> x > 0).or("off")),
  STOP_HELD_OUT(
      "stop-held-out",
      "",
      "N",
      "stop when the loss on rows that are not trained on (see validation) was not smaller than"
          + " before in the last N measured rounds, and keep the network that was best on them; or"
          + " off",
      Part.METHOD,
      PlanValue.whole(1, Integer.MAX_VALUE).or("off")),
  VALIDATION(
      "validation",
      "",
      "SHARE",
      "with stop-held-out: the share of the training rows that it looks at in place of training, or"
          + " split (the rows that split holds out)",
      Part.METHOD,
      PlanValue.real("a number above 0 and below 1", x -> x > 0 && x < 1).or("split")),
  STOP_SECONDS(
      "stop-seconds",
      "",
      "X",
      "stop after the round that is in progress when X seconds have passed, or off; the only rule"
          + " by which two runs of one plan may differ",
      Part.METHOD,
      PlanValue.real("a number above 0", x -> x > 0).or("off")),
  SEED("seed", "", "N", "seed of all randomness", Part.METHOD, PlanValue.whole(0, Long.MAX_VALUE)),
  PRECISION(
      "precision",
      "",
      "TYPE",
      "number type: float64 or float32",
      Part.COMPUTING,
      PlanValue.choice("float64", "float32")),
  ENGINE(
      "engine",
      "",
      "NAME",
      "who computes: auto, reference (slow, the paper line by line), dense (weight space), gram"
          + " (sample space, for few samples of many features) or spark (weight space, on a"
          + " cluster)",
      Part.COMPUTING,
      PlanValue.choice("auto", "reference", "dense", "gram", "spark")),
  MASTER(
      "master",
      "",
      "URL",
      "the cluster of engine spark: spark://host:port, yarn, k8s://..., local[N]; left out: as"
          + " spark-submit says",
      Part.COMPUTING,
      PlanValue.text("the URL of a Spark master")),
  CLUSTER_DIR(
      "cluster-dir",
      "",
      "DIR",
      "a folder that all machines of the cluster see, for checkpoints of engine spark; left out: a"
          + " temporary one, if the cluster is on this machine",
      Part.COMPUTING,
      PlanValue.text("a folder or the URL of one")),
  THREADS(
      "threads",
      "",
      "N",
      "worker threads; changes no result",
      Part.COMPUTING,
      PlanValue.whole(1, 4096)),
  EVENTS(
      "events",
      "",
      "DETAIL",
      "what is measured: rounds (after aggregation) or steps (each local step of each subnet too);"
          + " left out: steps for full batches, rounds for minibatches",
      Part.COMPUTING,
      PlanValue.choice("rounds", "steps")),
  EVENTS_EVERY(
      "events-every",
      "",
      "N",
      "measure every so many rounds",
      Part.COMPUTING,
      PlanValue.whole(1, Integer.MAX_VALUE)),
  TRACK(
      "track",
      "",
      "LIST",
      "diagnostics along the run: kernel (drift), spectrum (lambda_min of the masked kernels),"
          + " flips, displacement, residual (in the kernel's eigenbasis), pl (sigma_min^2 of the"
          + " features); commas between, or all, or none",
      Part.COMPUTING,
      PlanValue.some("kernel", "spectrum", "flips", "displacement", "residual", "pl")),
  TRACK_EVERY(
      "track-every",
      "",
      "N",
      "track at the start of every so many rounds",
      Part.COMPUTING,
      PlanValue.whole(1, Integer.MAX_VALUE)),
  CHECKPOINT_EVERY(
      "checkpoint-every",
      "",
      "N",
      "write a checkpoint every so many rounds, for \"shallot resume\" after a crash; an"
          + " interrupted run always leaves one; or off",
      Part.COMPUTING,
      PlanValue.whole(1, Long.MAX_VALUE).or("off")),
  TARGET(
      "target",
      "y",
      "COLS",
      "target columns: names, 1-based positions, ranges (1-5,age); left out: y of an npz file",
      Part.DATA,
      PlanValue.text("column names or positions")),
  FEATURES(
      "features",
      "x",
      "COLS",
      "feature columns; left out: all but the targets",
      Part.DATA,
      PlanValue.text("column names or positions")),
  EXCLUDE(
      "exclude",
      "",
      "COLS",
      "columns that are no features",
      Part.DATA,
      PlanValue.text("column names or positions")),
  WEIGHTS(
      "weights",
      "",
      "COL",
      "the column that says what each sample counts; no feature; all engines but gram",
      Part.DATA,
      PlanValue.text("a column name or position")),
  ROWS(
      "rows",
      "n",
      "N|FROM:TO",
      "the first N rows, or rows FROM to TO, counted from 1",
      Part.DATA,
      PlanValue.text("a number of rows or FROM:TO")),
  SEPARATOR(
      "separator",
      "",
      "CHAR",
      "what separates columns: a character, tab, whitespace, or detect",
      Part.DATA,
      PlanValue.text("a character, tab, whitespace, or detect")),
  HEADER(
      "header",
      "",
      "on|off",
      "whether the first line holds names: on, off or detect",
      Part.DATA,
      PlanValue.choice("on", "off", "detect")),
  NA(
      "na",
      "",
      "MARKS",
      "marks of a missing value, commas between, in place of the usual ones",
      Part.DATA,
      PlanValue.texts("marks with commas between")),
  MISSING(
      "missing",
      "",
      "WHAT",
      "missing values: fail, drop-columns, drop-rows, mean, median or zero",
      Part.DATA,
      PlanValue.choice("fail", "drop-columns", "drop-rows", "mean", "median", "zero")),
  SCALE(
      "scale",
      "",
      "HOW",
      "feature columns: none, minmax or zscore",
      Part.DATA,
      PlanValue.choice("none", "minmax", "zscore")),
  UNIT_ROWS(
      "unit-rows",
      "||x_i|| = 1",
      "on|off",
      "divide each sample by its norm",
      Part.DATA,
      PlanValue.choice("on", "off")),
  LABEL_SCALE(
      "label-scale",
      "",
      "HOW",
      "targets: none, max-abs or zscore; predictions undo it; of classes none",
      Part.DATA,
      PlanValue.choice("none", "max-abs", "zscore")),
  BIAS("bias", "", "on|off", "append a constant feature", Part.DATA, PlanValue.choice("on", "off")),
  SPLIT(
      "split",
      "",
      "FRACTION",
      "share of the rows that is held out for scores",
      Part.DATA,
      PlanValue.real("a number of at least 0 and below 1", x -> x >= 0 && x < 1));

  /** What a key is about. */
  public enum Part {
    NETWORK("Network"),
    METHOD("Method"),
    COMPUTING("Computing and measuring"),
    DATA("Data");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    /** A heading. */
    public String title() {
      return title;
    }
  }

  private final String key;
  private final String symbol;
  private final String placeholder;
  private final String description;
  private final Part part;

  // A record of a text and a function without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final PlanValue value;

  PlanKey(
      String key,
      String symbol,
      String placeholder,
      String description,
      Part part,
      PlanValue value) {
    this.key = key;
    this.symbol = symbol;
    this.placeholder = placeholder;
    this.description = description;
    this.part = part;
    this.value = value;
  }

  /** The name in a plan file; with two dashes in front, the flag. */
  public String key() {
    return key;
  }

  /** The paper's symbol, or an empty text where it has none. */
  public String symbol() {
    return symbol;
  }

  /** What stands for the value in a help text. */
  public String placeholder() {
    return placeholder;
  }

  /** One line of help, without a full stop. */
  public String description() {
    return description;
  }

  /** What the key is about. */
  public Part part() {
    return part;
  }

  /** Whether it says when a run ends before its rounds are done. */
  public boolean stops() {
    return key.startsWith("stop-") || this == VALIDATION;
  }

  PlanValue value() {
    return value;
  }

  /** The key of a name. */
  public static Optional<PlanKey> of(String name) {
    return Arrays.stream(values()).filter(k -> k.key.equals(name)).findFirst();
  }

  /** All names, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(PlanKey::key).toList();
  }
}
