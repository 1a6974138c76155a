package dev.shallot.bound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something that a statement asks for, beside what there is.
 *
 * @param id short and stable, as {@code UNIT-ROWS}
 * @param asked what is asked, in words
 * @param relation how the actual number must lie to the required one
 * @param required the number asked for; empty where none is
 * @param actual the number there is; empty where none is, or it was not looked at
 * @param verdict whether it holds
 * @param standing how the actual number is known, or that only an order is asked for
 * @param note what else a reader should know; may be empty
 */
public record Assumption(
    String id,
    String asked,
    Relation relation,
    Optional<Interval> required,
    Optional<Interval> actual,
    Verdict verdict,
    Standing standing,
    String note) {

  /** How a number must lie to another one. */
  public enum Relation {
    AT_LEAST,
    AT_MOST,
    /** No number, or equality. */
    IS
  }

  /** A yes or no that was looked up. */
  public static Assumption of(
      String id, String asked, boolean holds, Standing standing, String note) {
    return of(id, asked, Verdict.of(holds), standing, note);
  }

  /** A verdict without numbers. */
  public static Assumption of(
      String id, String asked, Verdict verdict, Standing standing, String note) {
    return new Assumption(
        id, asked, Relation.IS, Optional.empty(), Optional.empty(), verdict, standing, note);
  }

  /** The actual number must be at least the required one. */
  public static Assumption atLeast(
      String id, String asked, Interval required, Interval actual, Standing standing, String note) {
    return new Assumption(
        id,
        asked,
        Relation.AT_LEAST,
        Optional.of(required),
        Optional.of(actual),
        standing == Standing.ORDER ? Verdict.UNKNOWN : actual.atLeast(required),
        standing,
        note);
  }

  /** The actual number must be at most the required one. */
  public static Assumption atMost(
      String id, String asked, Interval required, Interval actual, Standing standing, String note) {
    return new Assumption(
        id,
        asked,
        Relation.AT_MOST,
        Optional.of(required),
        Optional.of(actual),
        standing == Standing.ORDER ? Verdict.UNKNOWN : required.atLeast(actual),
        standing,
        note);
  }

  /** A number that must be at most another one, but was not looked at. */
  public static Assumption notMeasured(String id, String asked, Interval required, String note) {
    return new Assumption(
        id,
        asked,
        Relation.AT_MOST,
        Optional.of(required),
        Optional.empty(),
        Verdict.UNKNOWN,
        Standing.UNKNOWN,
        note);
  }

  /**
   * Orders of magnitude, log10, by which the actual number misses the required one; negative where
   * there is room to spare, infinite where nothing would do; empty without two positive numbers.
   */
  public OptionalDouble ordersOff() {
    if (required.isEmpty() || actual.isEmpty() || relation == Relation.IS) {
      return OptionalDouble.empty();
    }
    double asks = required.get().estimate();
    double has = actual.get().estimate();
    double ratio = relation == Relation.AT_LEAST ? asks / has : has / asks;
    return ratio > 0 ? OptionalDouble.of(Math.log10(ratio)) : OptionalDouble.empty();
  }

  /** As JSON holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("asked", asked);
    required.ifPresent(r -> map.put("required", r.estimate()));
    actual.ifPresent(a -> map.put("actual", a.estimate()));
    if (relation != Relation.IS) {
      map.put("relation", relation == Relation.AT_LEAST ? ">=" : "<=");
    }
    ordersOff().ifPresent(o -> map.put("ordersOff", o));
    map.put("verdict", verdict.word());
    map.put("known", standing.word());
    if (!note.isEmpty()) {
      map.put("note", note);
    }
    return map;
  }
}
