package dev.shallot.bound;

import java.util.Locale;

/** How a number is known. */
public enum Standing {
  /** By proof, rounding included, or by definition: exact, or inside a stated interval. */
  PROVEN,
  /** Computed from this data or from weights of this run. */
  MEASURED,
  /** A limit or a fit: near the truth under conditions that nobody checked. */
  ESTIMATED,
  /** An order with its hidden constant taken as 1. */
  ORDER,
  /** Not looked at. */
  UNKNOWN;

  /** In lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
