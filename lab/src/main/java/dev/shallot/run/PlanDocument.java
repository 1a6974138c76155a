package dev.shallot.run;

import dev.shallot.data.DataPlan;
import dev.shallot.data.TableFormat;
import dev.shallot.engine.Cluster;
import dev.shallot.engine.DataOrigin;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.run.PlanLayers.Layer;
import dev.shallot.track.Tracking;
import dev.shallot.training.StoppingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The plan of a run as people write it: a value for each {@link PlanKey}, merged from layers, each
 * over the ones before it: defaults, a method preset, a plan file, flags. Immutable; {@code
 * with...} methods return the plan with one more layer.
 *
 * <p>Five values follow from others when nobody gave them: {@code keep} is 1 or 1/p unless masks
 * are Bernoulli, {@code events} are steps for full batches and rounds for minibatches, the
 * reference engine takes {@code float64}, weights that are read from a file have {@code init-scale}
 * 1, and classes have {@code label-scale} none.
 */
public final class PlanDocument {

  private final PlanLayers layers;

  private PlanDocument(PlanLayers layers) {
    this.layers = layers;
  }

  /** The defaults for somebody with a table and a column to predict. */
  public static PlanDocument practitioner() {
    return new PlanDocument(PlanLayers.of(PlanDefaults.practitioner(), "the defaults"));
  }

  /** The papers' setting. */
  public static PlanDocument paper() {
    return new PlanDocument(PlanLayers.of(PlanDefaults.paper(), "the papers' setting"));
  }

  /** Of keys that came after the first sweeps: the value that does what was done before. */
  public static Map<PlanKey, Object> added() {
    return PlanDefaults.ADDED;
  }

  /** With what a method sets. */
  public PlanDocument withMethod(MethodPreset preset) {
    return new PlanDocument(layers.withMethod(preset));
  }

  /**
   * With the entries of a JSON file: a flat object of plan keys, or a whole {@code run.json}, whose
   * {@code plan} counts.
   *
   * @throws RunException if the file is absent, no JSON, or has an entry that does not fit
   */
  public PlanDocument withFile(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new RunException(
          "cannot read the plan file %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    Map<String, Object> document = Json.readObject(text, "the plan file " + file);
    Map<String, Object> plan = document;
    if (document.get("plan") instanceof Map<?, ?> inner) {
      plan = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : inner.entrySet()) {
        plan.put(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
    Object mask = plan.get(PlanKey.MASK.key());
    if (mask != null && !mask.equals("bernoulli")) {
      // A stored plan names the keep probability that followed from its masks; nobody chose it.
      plan = new LinkedHashMap<>(plan);
      plan.remove(PlanKey.KEEP.key());
    }
    return with(plan, Layer.FILE, file.toString());
  }

  /** With the plan of a stored run or model, every key of it. */
  public static PlanDocument of(Map<String, Object> plan, String origin) {
    return practitioner().with(plan, Layer.FILE, origin);
  }

  /**
   * With values that somebody wrote down.
   *
   * @param values of keys; a value is text, a number, a boolean or a list of texts
   * @param origin where, for messages
   */
  public PlanDocument withEntries(Map<String, ?> values, String origin) {
    return with(values, Layer.FILE, origin);
  }

  /** With values of flags; keys without dashes. */
  public PlanDocument withFlags(Map<String, String> flags) {
    return with(flags, Layer.FLAG, "the command line");
  }

  /** With one value in place of a default; a value that somebody chose stays. */
  public PlanDocument withDefault(PlanKey key, Object value, String origin) {
    return new PlanDocument(layers.withDefault(key, value, origin));
  }

  /** Without a value for a key. */
  PlanDocument without(PlanKey key) {
    return new PlanDocument(layers.without(key));
  }

  private PlanDocument with(Map<String, ?> values, Layer layer, String origin) {
    return new PlanDocument(layers.with(values, layer, origin));
  }

  /**
   * Every value with where it comes from, so that {@link #ofLayers} gives this document again: what
   * follows from others follows again, which {@link #toMap} does not keep.
   */
  public Map<String, Object> layers() {
    return layers.toMap();
  }

  /**
   * The document of {@link #layers}.
   *
   * @throws RunException if there is a key or a value that does not fit
   */
  public static PlanDocument ofLayers(Map<?, ?> layers, String origin) {
    return new PlanDocument(PlanLayers.ofMap(layers, origin));
  }

  /** What presets set and what overrode it, one sentence each. */
  public List<String> notes() {
    return layers.notes();
  }

  /** Whether nobody chose the value of a key. */
  public boolean isDefault(PlanKey key) {
    return layers.isDefault(key);
  }

  /**
   * The value in force, after what follows from others.
   *
   * @throws RunException if {@code keep} was chosen against a mask law that fixes it
   */
  public Optional<Object> value(PlanKey key) {
    Optional<Object> given = layers.value(key);
    return switch (key) {
      case KEEP -> Optional.of(keep());
      case EVENTS ->
          given.or(() -> Optional.of(text(PlanKey.BATCH).equals("full") ? "steps" : "rounds"));
      case PRECISION ->
          isDefault(key) && text(PlanKey.ENGINE).equals("reference")
              ? Optional.of("float64")
              : given;
      case INIT_SCALE ->
          isDefault(key) && TypedPlan.isFile(text(PlanKey.INIT)) ? Optional.of(1.0) : given;
      case LABEL_SCALE ->
          isDefault(key) && text(PlanKey.LOSS).equals("cross-entropy")
              ? Optional.of("none")
              : given;
      default -> given;
    };
  }

  private double keep() {
    double fixed =
        switch (text(PlanKey.MASK)) {
          case "full" -> 1.0;
          case "bernoulli" -> Double.NaN;
          default -> 1.0 / whole(PlanKey.SUBNETS);
        };
    PlanLayers.Entry entry = layers.required(PlanKey.KEEP);
    double given = ((Number) entry.value()).doubleValue();
    if (Double.isNaN(fixed)) {
      return given;
    }
    boolean chosen =
        entry.layer() != Layer.DEFAULT
            && entry.layer().compareTo(layers.required(PlanKey.MASK).layer()) >= 0;
    if (chosen && given != fixed) {
      throw new RunException(
          "keep %s has no effect on %s masks, whose keep probability is %s with %s subnets: leave"
                  .formatted(given, text(PlanKey.MASK), fixed, whole(PlanKey.SUBNETS))
              + " keep out, or choose bernoulli masks.");
    }
    return fixed;
  }

  /**
   * What core trains by.
   *
   * @throws dev.shallot.TrainingException if values do not go together
   */
  public TrainingPlan trainingPlan() {
    return TypedPlan.training(this);
  }

  /**
   * The machines that a run goes to; empty if its engine works here.
   *
   * @param data how they get the data
   * @throws RunException if a cluster is named that nothing would use
   */
  public Optional<Cluster> cluster(DataOrigin data) {
    return TypedPlan.cluster(this, data);
  }

  /** How the data is read and prepared. */
  public DataPlan dataPlan() {
    return TypedPlan.data(this);
  }

  /** How text files are laid out. */
  public TableFormat tableFormat() {
    return TypedPlan.format(this);
  }

  /** What is tracked along the run. */
  public Tracking tracking() {
    return TypedPlan.tracking(this);
  }

  /**
   * The rules by which a run ends before its rounds are done; without the time budget.
   *
   * @throws RunException if values do not go together
   */
  public List<StoppingRule> stoppingRules() {
    return TypedPlan.stoppingRules(this);
  }

  /** Early stopping on rows that are not trained on; empty: none. */
  public OptionalInt heldOutPatience() {
    return TypedPlan.heldOutPatience(this);
  }

  /**
   * Refuses what a new run has no use for. (Runs of older versions, which did not, still open.)
   *
   * @throws RunException if a value would do nothing
   */
  public void checkNew() {
    PlanChecks.check(this);
  }

  /** The seconds that a run may take. Where it ends then depends on the machine. */
  public OptionalDouble timeBudget() {
    return TypedPlan.timeBudget(this);
  }

  /** Rounds between checkpoints; empty: none but that of a run that is interrupted. */
  public OptionalLong checkpointEvery() {
    return text(PlanKey.CHECKPOINT_EVERY).equals("off")
        ? OptionalLong.empty()
        : OptionalLong.of(whole(PlanKey.CHECKPOINT_EVERY));
  }

  /** The file of initial weights, where the plan names one in place of a law. */
  public Optional<Path> initialWeights() {
    return TypedPlan.initialWeights(this);
  }

  /** What the reported error is, in the papers' signs. */
  public String errorName() {
    boolean weighted = value(PlanKey.WEIGHTS).isPresent();
    return text(PlanKey.LOSS).equals("squared")
        ? weighted ? "sum w (y - u)^2" : "||y - u||^2"
        : weighted ? "-sum w ln p" : "-sum ln p";
  }

  /** The value of a key that takes a word or text. */
  String text(PlanKey key) {
    return String.valueOf(value(key).orElseGet(() -> layers.required(key).value()));
  }

  /** The value of a key that takes a whole number. */
  long whole(PlanKey key) {
    return number(key).longValue();
  }

  /** The value of a key that takes a number. */
  Number number(PlanKey key) {
    return (Number) value(key).orElseGet(() -> layers.required(key).value());
  }

  /** The value in force as people write it; {@code not given} where there is none. */
  public String show(PlanKey key) {
    return value(key).map(PlanValue::show).orElse("not given");
  }

  /** The merged plan as {@code run.json} holds it: every key; null where nothing is given. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (PlanKey key : PlanKey.values()) {
      value(key).ifPresentOrElse(v -> map.put(key.key(), v), () -> putNull(map, key.key()));
    }
    return map;
  }

  /** The map's null stands for JSON's; nobody outside sees it as a Java value. */
  @SuppressWarnings("NullAway")
  private static void putNull(Map<String, Object> map, String key) {
    map.put(key, null);
  }
}
