package dev.shallot.bound;

import java.util.Locale;

/** Whether something is as it is claimed or asked for. */
public enum Verdict {
  HOLDS,
  VIOLATED,
  /** Neither can be said: an order without its constant, an interval that straddles, no run. */
  UNKNOWN,
  /** There is nothing to decide, as with a prediction that is no bound. */
  NOT_APPLICABLE;

  /** In lower case, blanks between words. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Holds if the condition is true, else violated. */
  public static Verdict of(boolean condition) {
    return condition ? HOLDS : VIOLATED;
  }

  /** The verdict on "both": one violation decides, then one unknown. */
  public Verdict and(Verdict other) {
    if (this == VIOLATED || other == VIOLATED) {
      return VIOLATED;
    }
    if (this == UNKNOWN || other == UNKNOWN) {
      return UNKNOWN;
    }
    return this == HOLDS || other == HOLDS ? HOLDS : NOT_APPLICABLE;
  }
}
