package dev.shallot.spark.ml;

import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A wide network with one hidden layer that tells classes apart by softmax cross-entropy, trained
 * through random masks.
 *
 * <p>Labels are Spark's: whole numbers from 0 on, as {@code StringIndexer} makes them of texts. The
 * model adds the class with the largest probability ({@code predictionCol}), the vector of
 * probabilities ({@code probabilityCol}), entry k of label k, and their logarithms ({@code
 * rawPredictionCol}), so that Spark's evaluators find what they look for.
 *
 * <p>{@code fit} trains in the driver's process; see {@link MaskedNetworkEstimator} for what is
 * collected there and how large it may be.
 */
public final class MaskedNetworkClassifier
    extends MaskedNetworkEstimator<MaskedNetworkClassifier, MaskedNetworkClassificationModel>
    implements ProbabilityParams<MaskedNetworkClassifier> {
  private static final long serialVersionUID = 1L;

  /** Labels are indices of vectors: a larger one is hardly a class. */
  private static final int MOST = 1_000;

  /** A classifier with default params. */
  public MaskedNetworkClassifier() {
    this(Identifiable$.MODULE$.randomUID("maskedNetworkClassifier"));
  }

  /** A classifier of this uid. */
  public MaskedNetworkClassifier(String uid) {
    super(uid);
    setDefault(probabilityCol(), "probability");
    setDefault(rawPredictionCol(), "rawPrediction");
  }

  @Override
  public MaskedNetworkClassificationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    CollectedRows rows = collect(dataset);
    rows.firstOf(
            rows.features(), label -> label != Math.rint(label) || label < 0.0 || label >= MOST)
        .ifPresent(
            label -> {
              throw new IllegalArgumentException(
                  "the label column \"%s\" must hold whole numbers from 0 to %d, but one is %s: make them with StringIndexer"
                      .formatted(getLabelCol(), MOST - 1, label));
            });
    PackedModel trained = train(rows, Map.of("loss", "cross-entropy"));
    return copyValues(
        new MaskedNetworkClassificationModel(uid(), trained).setParent(this), ParamMap.empty());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkInputs(schema);
    Columns.checkNumeric(
        schema, getLabelCol(), "label", ": make numbers of texts with StringIndexer");
    return append(
        schema,
        getOrDefault(rawPredictionCol()),
        getOrDefault(probabilityCol()),
        getPredictionCol());
  }

  static StructType append(
      StructType schema, String rawPrediction, String probability, String prediction) {
    StructType more = Columns.append(schema, vector(rawPrediction));
    return Columns.append(
        Columns.append(more, vector(probability)), MaskedNetworkRegressor.prediction(prediction));
  }

  private static StructField vector(String name) {
    return DataTypes.createStructField(name, SQLDataTypes.VectorType(), false);
  }

  /** Reads what {@code write} wrote. */
  public static MLReader<MaskedNetworkClassifier> read() {
    return new MLReader<>() {
      @Override
      public MaskedNetworkClassifier load(String path) {
        return StageFiles.load(
            sparkSession(), path, MaskedNetworkClassifier.class, MaskedNetworkClassifier::new);
      }
    };
  }

  /** Reads what {@code save} wrote. */
  public static MaskedNetworkClassifier load(String path) {
    return read().load(path);
  }
}
