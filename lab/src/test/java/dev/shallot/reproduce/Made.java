package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results and predicates that were made up. */
final class Made {
  private Made() {}

  static Predicate predicate(Object... limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < limits.length; i += 2) {
      map.put(String.valueOf(limits[i]), limits[i + 1]);
    }
    return new Predicate("P", "says", new Tree(map, "test"));
  }

  /** A point: pairs of an axis and its label. */
  static Map<String, String> at(String... pairs) {
    Map<String, String> at = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      at.put(pairs[i], pairs[i + 1]);
    }
    return at;
  }

  static Point point(Map<String, String> at, String name, double... series) {
    return new Point(at, Map.of(name, series));
  }

  static Grid grid(List<String> rows, List<String> columns, double... values) {
    return new Grid(rows, columns, values);
  }

  static void holds(Verdict verdict) {
    is(Verdict.Standing.REPRODUCED, verdict);
  }

  static void fails(Verdict verdict) {
    is(Verdict.Standing.NOT_REPRODUCED, verdict);
  }

  static void unknown(Verdict verdict) {
    is(Verdict.Standing.NOT_CHECKABLE, verdict);
  }

  private static void is(Verdict.Standing standing, Verdict verdict) {
    if (verdict.standing() != standing) {
      throw new AssertionError("expected " + standing + ", but got " + verdict);
    }
  }
}
