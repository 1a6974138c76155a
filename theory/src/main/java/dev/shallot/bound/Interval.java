package dev.shallot.bound;

import dev.shallot.TheoryException;
import dev.shallot.spectrum.EigenvalueInterval;
import java.util.function.DoubleUnaryOperator;

/**
 * A number that is known to lie between two others.
 *
 * @param low no smaller than this; may be -infinity
 * @param estimate the best single number, in [low, high]
 * @param high no larger than this; may be infinity
 */
public record Interval(double low, double estimate, double high) {
  public Interval {
    if (!(low <= estimate && estimate <= high)) {
      throw new TheoryException(
          "an interval needs low <= estimate <= high, but got %s, %s, %s"
              .formatted(low, estimate, high));
    }
  }

  /** One number, known exactly. */
  public static Interval of(double value) {
    return new Interval(value, value, value);
  }

  /** What was proven of an eigenvalue. */
  public static Interval of(EigenvalueInterval proven) {
    double estimate = Math.clamp(proven.estimate(), proven.low(), proven.high());
    return new Interval(proven.low(), estimate, proven.high());
  }

  /** Times a factor, which is at least 0. */
  public Interval times(double factor) {
    return new Interval(low * factor, estimate * factor, high * factor);
  }

  /**
   * f of the number, f not increasing on (0, infinity) and infinite from 0 down: what is asked of a
   * width when the number is an eigenvalue.
   */
  public Interval mapDecreasing(DoubleUnaryOperator f) {
    return new Interval(beyond(f, high), beyond(f, estimate), beyond(f, low));
  }

  private static double beyond(DoubleUnaryOperator f, double value) {
    return value > 0 ? f.applyAsDouble(value) : Double.POSITIVE_INFINITY;
  }

  /** f of the number, f not decreasing and 0 from 0 down: what is asked of a step size. */
  public Interval mapIncreasing(DoubleUnaryOperator f) {
    return new Interval(
        f.applyAsDouble(Math.max(0, low)),
        f.applyAsDouble(Math.max(0, estimate)),
        f.applyAsDouble(Math.max(0, high)));
  }

  /** Whether it is one number. */
  public boolean exact() {
    return low == high;
  }

  /** This number is at least the other one: unknown where the intervals leave both open. */
  public Verdict atLeast(Interval other) {
    if (low >= other.high) {
      return Verdict.HOLDS;
    }
    return high < other.low ? Verdict.VIOLATED : Verdict.UNKNOWN;
  }

  /** This number is above 0. */
  public Verdict positive() {
    if (low > 0) {
      return Verdict.HOLDS;
    }
    return high <= 0 ? Verdict.VIOLATED : Verdict.UNKNOWN;
  }
}
