package dev.shallot.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that estimators and models have in common. Spark knows a param by its owner and name,
 * so that it can be made whenever it is asked for.
 *
 * @param <S> the stage itself
 */
public interface ColumnParams<S> extends Params {

  /** The features: a vector column, or an array of numbers. Default: features. */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "features: a vector or an array of numbers");
  }

  /** The value of {@link #featuresCol}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** Sets {@link #featuresCol}. */
  default S setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  /** Where predictions go. Default: prediction. */
  default Param<String> predictionCol() {
    return new Param<>(this, "predictionCol", "where predictions go");
  }

  /** The value of {@link #predictionCol}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Sets {@link #predictionCol}. */
  default S setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  @SuppressWarnings("unchecked")
  private S with(Param<String> param, String value) {
    set(param, value);
    return (S) this;
  }
}
