package dev.shallot.reproduce;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a predicate.
 *
 * @param id as docs/figures.md lists them, or a claim of the paper
 * @param standing how it came out
 * @param says the predicate, with its range
 * @param found the numbers
 */
record Verdict(String id, Standing standing, String says, String found) {
  /** How a predicate can come out. */
  enum Standing {
    REPRODUCED("reproduced"),
    NOT_REPRODUCED("not reproduced"),
    NOT_CHECKABLE("not checkable");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Holds or not. */
  static Verdict of(String id, boolean holds, String says, String found) {
    return new Verdict(id, holds ? Standing.REPRODUCED : Standing.NOT_REPRODUCED, says, found);
  }

  /** Nobody can tell, and why. */
  static Verdict unknown(String id, String says, String why) {
    return new Verdict(id, Standing.NOT_CHECKABLE, says, why);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("verdict", standing.words());
    map.put("says", says);
    map.put("found", found);
    return map;
  }
}
