package dev.shallot.search;

import dev.shallot.run.RunException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One training of one width.
 *
 * @param width m
 * @param seed of its weights and masks
 * @param success whether the error fell to the tolerance
 * @param steps gradient steps of a subnet that it took
 * @param relativeError ||y - u||^2/||y||^2 at its end; NaN where that is not finite
 * @param end why it ended: reached, steps-done or diverged
 */
public record WidthTrial(
    int width, long seed, boolean success, long steps, double relativeError, String end) {

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("width", width);
    map.put("seed", seed);
    map.put("success", success);
    map.put("steps", steps);
    if (Double.isFinite(relativeError)) {
      map.put("relativeError", relativeError);
    }
    map.put("end", end);
    return map;
  }

  static WidthTrial of(Map<String, Object> map) {
    if (map.get("width") instanceof Number width
        && map.get("seed") instanceof Number seed
        && map.get("success") instanceof Boolean success
        && map.get("steps") instanceof Number steps) {
      double error =
          map.get("relativeError") instanceof Number number ? number.doubleValue() : Double.NaN;
      return new WidthTrial(
          width.intValue(),
          seed.longValue(),
          success,
          steps.longValue(),
          error,
          String.valueOf(map.get("end")));
    }
    throw new RunException("a trial has width, seed, success and steps.");
  }
}
