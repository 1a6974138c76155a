package dev.shallot.bound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A prediction beside its measurement.
 *
 * @param id short and stable, as {@code T3-BOUND}
 * @param title what is predicted, in words
 * @param label {@link Label#EXPL}: a bound, proven as far as its assumptions hold; {@link
 *     Label#ORD}; {@link Label#ERR}: a bound whose published proof has a gap; {@link Label#OURS}
 * @param claim how the measured number should lie to the predicted one
 * @param inputs what the prediction was computed from, by symbol
 * @param predicted the prediction; infinite where nothing is promised
 * @param measured the measurement; empty where nothing was trained or looked at
 * @param vacuous whether the prediction is no better than what is true without it
 * @param note what else a reader should know; may be empty
 */
public record BoundReport(
    String id,
    String title,
    Label label,
    Claim claim,
    Map<String, Double> inputs,
    double predicted,
    Optional<Measured> measured,
    boolean vacuous,
    String note) {

  /** How far, in standard errors, a mean may be beyond a bound before it counts against it. */
  private static final double SLACK = 2.0;

  /** Reports that need none of their statement's assumptions. */
  private static final Set<String> UNCONDITIONAL = Set.of("T1-LAMBDA", "HYP-4'");

  /** For sums of doubles that are equal but for rounding. */
  private static final double ROUNDING = 1e-12;

  /** How a measurement should lie to a prediction. */
  public enum Claim {
    AT_MOST,
    AT_LEAST,
    /** Strictly above it, and the measurement has no error. */
    ABOVE,
    /** Near it: a limit, not a bound. */
    NEAR,
    /** Nothing is claimed: an order, or a part of a bound. */
    NONE
  }

  /** Whether the measurement agrees; not applicable for orders and limits. */
  public Verdict holds() {
    if (label == Label.ORD || claim == Claim.NEAR || claim == Claim.NONE) {
      return Verdict.NOT_APPLICABLE;
    }
    if (measured.isEmpty() || Double.isNaN(measured.get().mean()) || Double.isNaN(predicted)) {
      return Verdict.UNKNOWN;
    }
    Measured m = measured.get();
    if (claim == Claim.ABOVE) {
      return Verdict.of(m.mean() > predicted);
    }
    double sign = claim == Claim.AT_MOST ? 1.0 : -1.0;
    double excess = sign * (m.mean() - predicted);
    double allowed = ROUNDING * Math.max(1.0, Math.abs(predicted));
    if (excess <= allowed || (Double.isInfinite(predicted) && sign * predicted > 0)) {
      return Verdict.HOLDS;
    }
    return excess <= SLACK * m.standardError() ? Verdict.UNKNOWN : Verdict.VIOLATED;
  }

  /** Whether it is proven whatever becomes of its statement's assumptions. */
  public boolean unconditional() {
    return UNCONDITIONAL.contains(id);
  }

  /** Three digits, for a note. */
  static String number(double value) {
    return Double.isInfinite(value) ? "infinite" : "%.3g".formatted(value);
  }

  /** The prediction alone, where what was measured decides nothing. */
  BoundReport withoutMeasurement() {
    return new BoundReport(
        id, title, label, claim, inputs, predicted, Optional.empty(), vacuous, note);
  }

  /** measured / predicted. */
  public OptionalDouble ratio() {
    return measured.isPresent() && predicted != 0 && Double.isFinite(predicted)
        ? OptionalDouble.of(measured.get().mean() / predicted)
        : OptionalDouble.empty();
  }

  /** As JSON holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("title", title);
    map.put("label", label.name());
    map.put("meaning", label.meaning());
    map.put("inputs", inputs);
    map.put("predicted", predicted);
    measured.ifPresent(m -> map.put("measured", m.toMap()));
    ratio().ifPresent(r -> map.put("ratio", r));
    map.put("holds", holds().word());
    map.put("vacuous", vacuous);
    map.put("unconditional", unconditional());
    if (!note.isEmpty()) {
      map.put("note", note);
    }
    return map;
  }
}
