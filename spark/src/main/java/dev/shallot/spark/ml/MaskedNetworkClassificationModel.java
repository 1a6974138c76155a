package dev.shallot.spark.ml;

import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * A trained {@link MaskedNetworkClassifier}: adds columns of raw predictions, probabilities and
 * predicted labels.
 */
public final class MaskedNetworkClassificationModel
    extends MaskedNetworkModel<MaskedNetworkClassificationModel>
    implements ProbabilityParams<MaskedNetworkClassificationModel> {
  private static final long serialVersionUID = 1L;

  /** The logarithm of a probability that underflowed is that of the smallest number. */
  private static final double LEAST = Double.MIN_NORMAL;

  MaskedNetworkClassificationModel(String uid, PackedModel packed) {
    super(uid, packed);
    setDefault(probabilityCol(), "probability");
    setDefault(rawPredictionCol(), "rawPrediction");
  }

  /** How long vectors of probabilities are: the largest label and one. */
  public int numClasses() {
    return labels(shallotModel().classes())[shallotModel().classes().size() - 1] + 1;
  }

  /** The model's classes are the labels that occurred, by size. */
  private static int[] labels(List<String> classes) {
    return classes.stream().mapToInt(Integer::parseInt).toArray();
  }

  @Override
  Answers answers() {
    int[] labels = labels(shallotModel().classes());
    int length = numClasses();
    return (shares, at, count) -> {
      double[] probability = new double[length];
      double[] raw = new double[length];
      java.util.Arrays.fill(raw, Math.log(LEAST));
      int largest = 0;
      for (int k = 0; k < count; k++) {
        probability[labels[k]] = shares[at + k];
        raw[labels[k]] = Math.log(Math.max(LEAST, shares[at + k]));
        largest = shares[at + k] > shares[at + largest] ? k : largest;
      }
      return new Object[] {
        Vectors.dense(raw), Vectors.dense(probability), (double) labels[largest]
      };
    };
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.checkFeatures(schema, getFeaturesCol());
    return MaskedNetworkClassifier.append(
        schema,
        getOrDefault(rawPredictionCol()),
        getOrDefault(probabilityCol()),
        getPredictionCol());
  }

  @Override
  public MaskedNetworkClassificationModel copy(ParamMap extra) {
    return copyValues(
        new MaskedNetworkClassificationModel(uid(), packed()).setParent(parent()), extra);
  }

  /** Reads what {@code write} wrote. */
  public static MLReader<MaskedNetworkClassificationModel> read() {
    return new MLReader<>() {
      @Override
      public MaskedNetworkClassificationModel load(String path) {
        PackedModel packed = StageFiles.loadModel(sparkSession(), path);
        return StageFiles.load(
            sparkSession(),
            path,
            MaskedNetworkClassificationModel.class,
            uid -> new MaskedNetworkClassificationModel(uid, packed));
      }
    };
  }

  /** Reads what {@code save} wrote. */
  public static MaskedNetworkClassificationModel load(String path) {
    return read().load(path);
  }
}
