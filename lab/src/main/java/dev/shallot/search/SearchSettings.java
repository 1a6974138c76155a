package dev.shallot.search;

import dev.shallot.run.RunException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What counts as success, and where to look.
 *
 * @param from the narrowest width that is tried
 * @param to the widest
 * @param seeds trials a width, at least 1
 * @param fraction of the seeds that must succeed, above 0 and at most 1
 * @param tolerance a trial succeeds once ||y - u||^2 is at most this times ||y||^2
 */
public record SearchSettings(int from, int to, int seeds, double fraction, double tolerance) {
  public SearchSettings {
    if (from < 1 || to < from) {
      throw new RunException(
          "a width search goes from a width of at least 1 to one that is not smaller, but got %d to %d."
              .formatted(from, to));
    }
    if (seeds < 1) {
      throw new RunException("a width search needs at least 1 seed, but got %d.".formatted(seeds));
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new RunException(
          "the fraction of seeds that must succeed is above 0 and at most 1, but is %s."
              .formatted(fraction));
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new RunException(
          "the tolerance is above 0 and below 1, a part of ||y||^2, but is %s."
              .formatted(tolerance));
    }
  }

  /** How many seeds must succeed. */
  public int needed() {
    return (int) Math.ceil(fraction * seeds - 1e-9);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", from);
    map.put("to", to);
    map.put("seeds", seeds);
    map.put("fraction", fraction);
    map.put("tolerance", tolerance);
    return map;
  }
}
