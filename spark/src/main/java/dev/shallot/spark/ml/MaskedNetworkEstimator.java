package dev.shallot.spark.ml;

import dev.shallot.data.Column;
import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.run.Trained;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * What the regressor and the classifier have in common: the params of a plan, and how rows become
 * training data. Params that are not set follow the plan's defaults; {@code plan} sets every other
 * key.
 *
 * <p>{@code fit} trains in the driver's process. It collects features, label and weight of all rows
 * there: 8 (d + 2) bytes a row, about six times that at its peak (the collected parts, the columns
 * of the table, the encoded and the prepared arrays), and no array may hold more than 2^31 numbers,
 * so n d must stay below 2^31. {@code spark.driver.memory} and {@code spark.driver.maxResultSize}
 * must allow it. Equal plans on equal rows in equal order give equal models; the order is that of
 * the partitions.
 *
 * <p>Long because each of Spark's params takes three methods.
 *
 * @param <E> the estimator itself
 * @param <M> the model
 */
public abstract class MaskedNetworkEstimator<
        E extends MaskedNetworkEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements MLWritable {
  private record Choice(Param<?> param, PlanKey key) implements Serializable {}

  private final String uid;
  private final List<Choice> choices = new ArrayList<>();
  private final Param<String> featuresCol;
  private final Param<String> labelCol;
  private final Param<String> predictionCol;
  private final Param<String> weightCol;
  private final IntParam width;
  private final Param<String> activation;
  private final Param<String> mask;
  private final DoubleParam keep;
  private final IntParam subnets;
  private final IntParam rounds;
  private final IntParam localSteps;
  private final DoubleParam stepSize;
  private final DoubleParam momentum;
  private final IntParam batchSize;
  private final LongParam seed;
  private final StringArrayParam plan;

  MaskedNetworkEstimator(String uid) {
    this.uid = uid;
    featuresCol = new Param<>(this, "featuresCol", "features: a vector or an array of numbers");
    labelCol = new Param<>(this, "labelCol", "what is predicted");
    predictionCol = new Param<>(this, "predictionCol", "where predictions go");
    weightCol = new Param<>(this, "weightCol", "what each row counts; unset: the same");
    width = whole(PlanKey.WIDTH);
    activation = text(PlanKey.ACTIVATION);
    mask = text(PlanKey.MASK);
    keep = real(PlanKey.KEEP);
    subnets = whole(PlanKey.SUBNETS);
    rounds = whole(PlanKey.ROUNDS);
    localSteps = whole(PlanKey.LOCAL_STEPS);
    stepSize = real(PlanKey.STEP_SIZE);
    momentum = real(PlanKey.MOMENTUM);
    batchSize = new IntParam(this, "batchSize", PlanKey.BATCH.description());
    choices.add(new Choice(batchSize, PlanKey.BATCH));
    seed = new LongParam(this, "seed", PlanKey.SEED.description());
    choices.add(new Choice(seed, PlanKey.SEED));
    plan = new StringArrayParam(this, "plan", "further keys of the plan, each KEY=VALUE");
    setDefault(featuresCol, "features");
    setDefault(labelCol, "label");
    setDefault(predictionCol, "prediction");
  }

  private IntParam whole(PlanKey key) {
    IntParam param = new IntParam(this, name(key), description(key));
    choices.add(new Choice(param, key));
    return param;
  }

  private DoubleParam real(PlanKey key) {
    DoubleParam param = new DoubleParam(this, name(key), description(key));
    choices.add(new Choice(param, key));
    return param;
  }

  private Param<String> text(PlanKey key) {
    Param<String> param = new Param<>(this, name(key), description(key));
    choices.add(new Choice(param, key));
    return param;
  }

  /** {@code step-size} is {@code stepSize}. */
  private static String name(PlanKey key) {
    StringBuilder name = new StringBuilder();
    for (String word : key.key().split("-", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  private static String description(PlanKey key) {
    return "%s (plan's default: %s)"
        .formatted(key.description(), PlanDocument.practitioner().show(key));
  }

  abstract E self();

  @Override
  public String uid() {
    return uid;
  }

  /** The features: a vector column, or an array of numbers. Default: features. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** The value of {@link #featuresCol}. */
  public String getFeaturesCol() {
    return getOrDefault(featuresCol);
  }

  /** Sets {@link #featuresCol}. */
  public E setFeaturesCol(String value) {
    return with(featuresCol, value);
  }

  /** What is predicted. Default: label. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** The value of {@link #labelCol}. */
  public String getLabelCol() {
    return getOrDefault(labelCol);
  }

  /** Sets {@link #labelCol}. */
  public E setLabelCol(String value) {
    return with(labelCol, value);
  }

  /** Where predictions go. Default: prediction. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** The value of {@link #predictionCol}. */
  public String getPredictionCol() {
    return getOrDefault(predictionCol);
  }

  /** Sets {@link #predictionCol}. */
  public E setPredictionCol(String value) {
    return with(predictionCol, value);
  }

  /** What each row counts. Unset: all count the same. */
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Sets {@link #weightCol}. */
  public E setWeightCol(String value) {
    return with(weightCol, value);
  }

  /** m, the number of hidden neurons. */
  public IntParam width() {
    return width;
  }

  /** Sets {@link #width}. */
  public E setWidth(int value) {
    return with(width, value);
  }

  /** phi: relu, softplus, gelu or tanh. */
  public Param<String> activation() {
    return activation;
  }

  /** Sets {@link #activation}. */
  public E setActivation(String value) {
    return with(activation, value);
  }

  /** Which subnet holds which neuron: full, bernoulli, categorical or partition. */
  public Param<String> mask() {
    return mask;
  }

  /** Sets {@link #mask}. */
  public E setMask(String value) {
    return with(mask, value);
  }

  /** xi, the probability that a Bernoulli mask keeps a neuron. */
  public DoubleParam keep() {
    return keep;
  }

  /** Sets {@link #keep}. */
  public E setKeep(double value) {
    return with(keep, value);
  }

  /** p, the subnets of a round. */
  public IntParam subnets() {
    return subnets;
  }

  /** Sets {@link #subnets}. */
  public E setSubnets(int value) {
    return with(subnets, value);
  }

  /** K, the number of rounds. */
  public IntParam rounds() {
    return rounds;
  }

  /** Sets {@link #rounds}. */
  public E setRounds(int value) {
    return with(rounds, value);
  }

  /** tau, the gradient steps of each subnet in a round. */
  public IntParam localSteps() {
    return localSteps;
  }

  /** Sets {@link #localSteps}. */
  public E setLocalSteps(int value) {
    return with(localSteps, value);
  }

  /** eta, the step size. Unset: from the tangent kernel's largest eigenvalue. */
  public DoubleParam stepSize() {
    return stepSize;
  }

  /** Sets {@link #stepSize}. */
  public E setStepSize(double value) {
    return with(stepSize, value);
  }

  /** mu, the momentum of local steps. */
  public DoubleParam momentum() {
    return momentum;
  }

  /** Sets {@link #momentum}. */
  public E setMomentum(double value) {
    return with(momentum, value);
  }

  /** B, the samples of a local step. For all samples, put batch=full into {@link #plan}. */
  public IntParam batchSize() {
    return batchSize;
  }

  /** Sets {@link #batchSize}. */
  public E setBatchSize(int value) {
    return with(batchSize, value);
  }

  /** The seed of all randomness. */
  public LongParam seed() {
    return seed;
  }

  /** Sets {@link #seed}. */
  public E setSeed(long value) {
    return with(seed, value);
  }

  /** Further keys of the plan, each as KEY=VALUE, such as {@code missing=mean}. */
  public StringArrayParam plan() {
    return plan;
  }

  /** Sets {@link #plan}. */
  public E setPlan(String... keysAndValues) {
    return with(plan, keysAndValues);
  }

  @SuppressWarnings("unchecked")
  final <T> E with(Param<?> param, T value) {
    set((Param<T>) param, value);
    return self();
  }

  /** The plan that the params make; refused where a value does not fit. */
  final PlanDocument document(Map<String, ?> also) {
    PlanDocument document = PlanDocument.practitioner();
    for (Choice choice : choices) {
      if (isSet(choice.param)) {
        Object value = getOrDefault(choice.param);
        document =
            document.withEntries(
                Map.of(choice.key.key(), value), "the param " + choice.param.name());
      }
    }
    if (isSet(plan)) {
      Map<String, String> further = new LinkedHashMap<>();
      for (String entry : getOrDefault(plan)) {
        int at = entry.indexOf('=');
        if (at < 1) {
          throw new IllegalArgumentException(
              "the param plan takes KEY=VALUE, but one of its texts is \"%s\"".formatted(entry));
        }
        further.put(entry.substring(0, at).strip(), entry.substring(at + 1).strip());
      }
      refuse(further, PlanKey.TARGET, PlanKey.FEATURES, PlanKey.EXCLUDE, PlanKey.ROWS);
      document = document.withEntries(further, "the param plan");
    }
    if (document.show(PlanKey.ENGINE).equals("spark")) {
      throw new IllegalArgumentException(
          "an estimator trains in the driver's process; the engine spark reads a file by its"
              + " executors: write the dataset as Parquet and use shallot train --engine spark");
    }
    return document.withEntries(also, "this estimator");
  }

  private static void refuse(Map<String, String> further, PlanKey... keys) {
    for (PlanKey key : keys) {
      if (further.containsKey(key.key())) {
        throw new IllegalArgumentException(
            "the param plan cannot have \"%s\": columns and rows are the dataset's"
                .formatted(key.key()));
      }
    }
  }

  /** Checks features and weight, see the subclasses for the label. */
  final void checkInputs(StructType schema) {
    Columns.checkFeatures(schema, getFeaturesCol());
    if (isSet(weightCol)) {
      Columns.checkNumeric(schema, getOrDefault(weightCol), "weight", "");
    }
  }

  final CollectedRows collect(Dataset<?> dataset) {
    List<CollectedRows.Role> roles = new ArrayList<>();
    roles.add(new CollectedRows.Role("label", getLabelCol()));
    if (isSet(weightCol)) {
      roles.add(new CollectedRows.Role("weight", getOrDefault(weightCol)));
    }
    return CollectedRows.of(dataset, getFeaturesCol(), roles);
  }

  /** Trains in this process. */
  final PackedModel train(CollectedRows rows, Map<String, ?> also) {
    Map<String, Object> fixed = new LinkedHashMap<>(also);
    fixed.put(PlanKey.TARGET.key(), "label");
    List<String> names = new ArrayList<>(List.of("label"));
    if (isSet(weightCol)) {
      names.add("weight");
      fixed.put(PlanKey.WEIGHTS.key(), "weight");
    }
    List<Column> columns = rows.columns(names);
    PlanDocument document = Run.complete(document(fixed));
    PreparedData data =
        PreparedData.prepare(
            Table.of("dataset", columns, List.of(rows.features())), document.dataPlan());
    Trained trained = Run.train(document, data, "spark-ml", List.of());
    return PackedModel.of(
        trained
            .model()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the training diverged in " + trained.outcome().reason().message())));
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    MaskedNetworkEstimator<E, M> stage = this;
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        StageFiles.save(sparkSession(), stage, path);
      }
    };
  }

  /** The names of all params, as {@link #explainParams} lists them. */
  public List<String> paramNames() {
    return Arrays.stream(params()).map(Param::name).toList();
  }
}
