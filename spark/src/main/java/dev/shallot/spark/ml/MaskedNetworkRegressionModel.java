package dev.shallot.spark.ml;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/** A trained {@link MaskedNetworkRegressor}: adds a column of predictions, in the label's unit. */
public final class MaskedNetworkRegressionModel
    extends MaskedNetworkModel<MaskedNetworkRegressionModel> {
  private static final long serialVersionUID = 1L;

  MaskedNetworkRegressionModel(String uid, PackedModel packed) {
    super(uid, packed);
  }

  @Override
  Answers answers() {
    return (outputs, at, count) -> new Object[] {outputs[at]};
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.checkFeatures(schema, getFeaturesCol());
    return Columns.append(schema, MaskedNetworkRegressor.prediction(getPredictionCol()));
  }

  @Override
  public MaskedNetworkRegressionModel copy(ParamMap extra) {
    return copyValues(new MaskedNetworkRegressionModel(uid(), packed()).setParent(parent()), extra);
  }

  /** Reads what {@code write} wrote. */
  public static MLReader<MaskedNetworkRegressionModel> read() {
    return new MLReader<>() {
      @Override
      public MaskedNetworkRegressionModel load(String path) {
        PackedModel packed = StageFiles.loadModel(sparkSession(), path);
        return StageFiles.load(
            sparkSession(),
            path,
            MaskedNetworkRegressionModel.class,
            uid -> new MaskedNetworkRegressionModel(uid, packed));
      }
    };
  }

  /** Reads what {@code save} wrote. */
  public static MaskedNetworkRegressionModel load(String path) {
    return read().load(path);
  }
}
