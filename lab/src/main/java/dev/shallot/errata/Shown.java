package dev.shallot.errata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a computation showed.
 *
 * @param lines for people, one finding each
 * @param numbers the same by name
 * @param shown whether it shows what the entry says
 */
public record Shown(List<String> lines, Map<String, Double> numbers, boolean shown) {

  /** Collects findings. */
  static final class Builder {
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private boolean shown = true;

    /** A line without a number of its own. */
    Builder line(String line) {
      lines.add(line);
      return this;
    }

    /** A number with its name. */
    Builder number(String name, double value) {
      lines.add("%-58s %s".formatted(name, figure(value)));
      numbers.put(name, value);
      return this;
    }

    private static String figure(double value) {
      return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
          ? "%.6f".formatted(value)
          : "%.4e".formatted(value);
    }

    /** What must be so for the entry to be shown. */
    Builder require(boolean condition) {
      shown &= condition;
      return this;
    }

    Shown build() {
      return new Shown(List.copyOf(lines), numbers, shown);
    }
  }
}
