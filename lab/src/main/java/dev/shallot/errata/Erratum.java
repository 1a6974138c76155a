package dev.shallot.errata;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A place in the published text that is wrong, and what is right.
 *
 * @param id as in the register, {@code E10}
 * @param where in the text
 * @param published what stands there
 * @param found what is so
 * @param matters what follows for the results
 * @param check a computation that shows it; deterministic
 */
public record Erratum(
    String id,
    String where,
    String published,
    String found,
    String matters,
    Supplier<Shown> check) {

  /** The command that runs the check. */
  public String command() {
    return "shallot theory errata --check " + id;
  }

  /** As JSON holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("where", where);
    map.put("published", published);
    map.put("found", found);
    map.put("matters", matters);
    map.put("command", command());
    return map;
  }
}
