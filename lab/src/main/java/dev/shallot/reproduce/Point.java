package dev.shallot.reproduce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of a figure measured.
 *
 * @param at where it stands: the part, and the label on each axis
 * @param measured named series; a single number is a series of one
 */
record Point(Map<String, String> at, Map<String, double[]> measured) {
  /** The label under which a point says which part of the figure it belongs to. */
  static final String PART = "part";

  Point {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
  }

  /** A series; empty if it was not measured. */
  double[] series(String name) {
    return measured.getOrDefault(name, new double[0]);
  }

  /** A single number; NaN if it was not measured. */
  double number(String name) {
    double[] series = series(name);
    return series.length == 0 ? Double.NaN : series[0];
  }

  /** The label on an axis; empty where there is no such axis. */
  String label(String axis) {
    return at.getOrDefault(axis, "");
  }
}
