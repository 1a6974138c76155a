package dev.shallot.sweep;

import dev.shallot.data.Sha256;
import dev.shallot.run.Json;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A point of a grid.
 *
 * @param index of the point, from 0; the last axis runs fastest
 * @param at of each axis: the label
 * @param plan what is run there
 * @param hash of the plan, see {@link #hash(PlanDocument)}
 */
public record Cell(int index, Map<String, String> at, PlanDocument plan, String hash) {
  private static final int HASH_DIGITS = 32;

  /**
   * The first 32 hexadecimal digits of the SHA-256 of the merged plan as compact JSON, without the
   * keys that change no result, and without those that came later where they ask for nothing. Cells
   * of one hash are run once.
   */
  static String hash(PlanDocument plan) {
    Map<String, Object> map = plan.toMap();
    map.remove(PlanKey.THREADS.key());
    PlanDocument.added().forEach((key, value) -> map.remove(key.key(), value));
    SweepSpec.IDLE.forEach(key -> map.remove(key.key()));
    return sha256(Json.writeCompact(map));
  }

  static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
  }

  /** "keep 0.5, subnets 3, seed 1". */
  public String describe() {
    return at.isEmpty()
        ? "the only cell"
        : String.join(
            ", ", at.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }
}
