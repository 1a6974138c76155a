package dev.shallot.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The further columns that a classifier adds.
 *
 * @param <S> the stage itself
 */
public interface ProbabilityParams<S> extends Params {

  /** Where the vectors of probabilities go. Default: probability. */
  default Param<String> probabilityCol() {
    return new Param<>(this, "probabilityCol", "where the vectors of probabilities go");
  }

  /** Sets {@link #probabilityCol}. */
  default S setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  /** Where the logarithms of the probabilities go. Default: rawPrediction. */
  default Param<String> rawPredictionCol() {
    return new Param<>(this, "rawPredictionCol", "where their logarithms go");
  }

  /** Sets {@link #rawPredictionCol}. */
  default S setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  @SuppressWarnings("unchecked")
  private S with(Param<String> param, String value) {
    set(param, value);
    return (S) this;
  }
}
