package dev.shallot.bound;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A measurement over seeds.
 *
 * @param mean over the seeds; of one seed its value
 * @param standardError of the mean; 0 where there is one seed or nothing is random
 * @param seeds how many
 */
public record Measured(double mean, double standardError, int seeds) {

  /** A single value. */
  public static Measured once(double value) {
    return new Measured(value, 0.0, 1);
  }

  /** As JSON holds it. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", mean);
    map.put("standardError", standardError);
    map.put("seeds", seeds);
    return map;
  }
}
