package dev.shallot.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How good predictions of one target are, in the target's unit.
 *
 * @param target name
 * @param rmse sqrt(mean of squared errors)
 * @param mae mean of absolute errors
 * @param r2 1 - (sum of squared errors) / (sum of squared differences from the mean of these rows);
 *     empty if the target is constant on them
 */
public record Score(String target, double rmse, double mae, OptionalDouble r2) {

  /**
   * Scores of all targets.
   *
   * @param targets c names
   * @param predicted rows x c row-major
   * @param truth rows x c row-major
   */
  public static List<Score> of(List<String> targets, double[] predicted, double[] truth) {
    if (predicted.length != truth.length || truth.length % targets.size() != 0) {
      throw new RunException(
          "scores need as many predictions as true values, but got %d and %d for %d targets"
              .formatted(predicted.length, truth.length, targets.size()));
    }
    List<Score> scores = new ArrayList<>();
    for (int o = 0; o < targets.size(); o++) {
      scores.add(of(targets.get(o), o, targets.size(), predicted, truth));
    }
    return scores;
  }

  private static Score of(String name, int o, int outputs, double[] predicted, double[] truth) {
    int rows = truth.length / outputs;
    double mean = 0.0;
    for (int i = 0; i < rows; i++) {
      mean += truth[i * outputs + o] / rows;
    }
    double squared = 0.0;
    double absolute = 0.0;
    double spread = 0.0;
    for (int i = 0; i < rows; i++) {
      double error = predicted[i * outputs + o] - truth[i * outputs + o];
      double distance = truth[i * outputs + o] - mean;
      squared += error * error;
      absolute += Math.abs(error);
      spread += distance * distance;
    }
    return new Score(
        name,
        Math.sqrt(squared / rows),
        absolute / rows,
        spread > 0.0 ? OptionalDouble.of(1.0 - squared / spread) : OptionalDouble.empty());
  }

  /** As {@code run.json} holds it; r2 is absent where it is not defined. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", target);
    map.put("rmse", rmse);
    map.put("mae", mae);
    r2.ifPresent(value -> map.put("r2", value));
    return map;
  }
}
