package dev.shallot.spark.ml;

import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A wide network with one hidden layer that predicts a number, trained through random masks.
 *
 * <pre>{@code
 * MaskedNetworkRegressor regressor = new MaskedNetworkRegressor().setWidth(2048).setRounds(400);
 * MaskedNetworkRegressionModel model = regressor.fit(training);
 * Dataset<Row> predicted = model.transform(test);
 * }</pre>
 *
 * <p>{@code fit} trains in the driver's process; see {@link MaskedNetworkEstimator} for what is
 * collected there and how large it may be.
 */
public final class MaskedNetworkRegressor
    extends MaskedNetworkEstimator<MaskedNetworkRegressor, MaskedNetworkRegressionModel> {
  private static final long serialVersionUID = 1L;

  /** A regressor with default params. */
  public MaskedNetworkRegressor() {
    this(Identifiable$.MODULE$.randomUID("maskedNetworkRegressor"));
  }

  /** A regressor of this uid. */
  public MaskedNetworkRegressor(String uid) {
    super(uid);
  }

  @Override
  public MaskedNetworkRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    PackedModel trained = train(collect(dataset), Map.of("loss", "squared"));
    return copyValues(
        new MaskedNetworkRegressionModel(uid(), trained).setParent(this), ParamMap.empty());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkInputs(schema);
    Columns.checkNumeric(schema, getLabelCol(), "label", "");
    return Columns.append(schema, prediction(getPredictionCol()));
  }

  static StructField prediction(String name) {
    return DataTypes.createStructField(name, DataTypes.DoubleType, false);
  }

  /** Reads what {@code write} wrote. */
  public static MLReader<MaskedNetworkRegressor> read() {
    return new MLReader<>() {
      @Override
      public MaskedNetworkRegressor load(String path) {
        return StageFiles.load(
            sparkSession(), path, MaskedNetworkRegressor.class, MaskedNetworkRegressor::new);
      }
    };
  }

  /** Reads what {@code save} wrote. */
  public static MaskedNetworkRegressor load(String path) {
    return read().load(path);
  }
}
