package dev.shallot.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How good predictions of a number are, in its unit. With weights all means and sums are weighted.
 *
 * @param target name
 * @param rmse sqrt(mean of squared errors)
 * @param mae mean of absolute errors
 * @param r2 1 - (sum of squared errors) / (sum of squared differences from the mean of these rows);
 *     empty if the target is constant on them
 */
public record NumberScore(String target, double rmse, double mae, OptionalDouble r2)
    implements Score {

  static NumberScore of(
      String name, int o, int outputs, double[] predicted, double[] truth, double[] weights) {
    int rows = truth.length / outputs;
    double total = 0.0;
    for (int i = 0; i < rows; i++) {
      total += weight(weights, i);
    }
    double mean = 0.0;
    for (int i = 0; i < rows; i++) {
      mean += weight(weights, i) * truth[i * outputs + o] / total;
    }
    double squared = 0.0;
    double absolute = 0.0;
    double spread = 0.0;
    for (int i = 0; i < rows; i++) {
      double error = predicted[i * outputs + o] - truth[i * outputs + o];
      double distance = truth[i * outputs + o] - mean;
      squared += weight(weights, i) * error * error;
      absolute += weight(weights, i) * Math.abs(error);
      spread += weight(weights, i) * distance * distance;
    }
    return new NumberScore(
        name,
        Math.sqrt(squared / total),
        absolute / total,
        spread > 0.0 ? OptionalDouble.of(1.0 - squared / spread) : OptionalDouble.empty());
  }

  private static double weight(double[] weights, int i) {
    return weights.length == 0 ? 1.0 : weights[i];
  }

  @Override
  public double figure() {
    return rmse;
  }

  /** As {@code run.json} holds it; r2 is absent where it is not defined. */
  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.put("rmse", rmse);
    map.put("mae", mae);
    r2.ifPresent(value -> map.put("r2", value));
    return map;
  }
}
