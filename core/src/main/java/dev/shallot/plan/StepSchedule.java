package dev.shallot.plan;

import dev.shallot.TrainingException;
import java.util.Locale;

/**
 * How step sizes change from round to round: in round k of K every local step of every subnet takes
 * {@code eta * factor(k)}, in both layers. A pure function of k, so there is nothing to save.
 *
 * <p>With W warm-up rounds and q = (k - W)/(K - W), the part of the other rounds that is done:
 *
 * <table>
 * <caption>Factors</caption>
 * <tr><th>shape</th><th>factor</th></tr>
 * <tr><td>warm-up, k &lt; W</td><td>(k + 1)/(W + 1)</td></tr>
 * <tr><td>{@link Constant}</td><td>1</td></tr>
 * <tr><td>{@link Cosine}</td><td>end + (1 - end)(1 + cos(pi q))/2</td></tr>
 * <tr><td>{@link Linear}</td><td>1 - (1 - end) q</td></tr>
 * <tr><td>{@link Steps}</td><td>factor^floor((k - W)/every)</td></tr>
 * </table>
 *
 * q is below 1 in the last round, so an end of 0 is never reached and no round is wasted.
 *
 * @param shape after the warm-up
 * @param warmUp W, at least 0
 */
public record StepSchedule(Shape shape, long warmUp) {

  /** What the step size does after the warm-up. */
  public sealed interface Shape {}

  /** Nothing. */
  public record Constant() implements Shape {}

  /**
   * Falls along half a cosine (Loshchilov and Hutter 2017, without restarts).
   *
   * @param end what it falls to, as a part of eta, at least 0 and below 1
   */
  public record Cosine(double end) implements Shape {
    public Cosine {
      checkEnd(end);
    }
  }

  /**
   * Falls along a line.
   *
   * @param end what it falls to, as a part of eta, at least 0 and below 1
   */
  public record Linear(double end) implements Shape {
    public Linear {
      checkEnd(end);
    }
  }

  /**
   * Is multiplied every so many rounds.
   *
   * @param every rounds, at least 1
   * @param factor above 0 and below 1
   */
  public record Steps(long every, double factor) implements Shape {
    public Steps {
      if (every < 1) {
        throw new TrainingException(
            "the step size falls every so many rounds, at least 1, but got " + every);
      }
      if (!(factor > 0.0 && factor < 1.0)) {
        throw new TrainingException(
            "the step size falls by a factor above 0 and below 1, but it is " + factor);
      }
    }
  }

  /** The papers': one step size throughout. */
  public static final StepSchedule CONSTANT = new StepSchedule(new Constant(), 0);

  public StepSchedule {
    if (warmUp < 0) {
      throw new TrainingException("warm-up rounds must be at least 0, but are " + warmUp);
    }
  }

  private static void checkEnd(double end) {
    if (!(end >= 0.0 && end < 1.0)) {
      throw new TrainingException(
          "a step size falls to a part of itself, at least 0 and below 1, but it is " + end);
    }
  }

  /** Whether every round has the same step size. */
  public boolean constant() {
    return shape instanceof Constant && warmUp == 0;
  }

  /**
   * What the step size is multiplied with; exactly 1 where nothing changes.
   *
   * @param round k, from 0
   * @param rounds K of the plan, whether or not they are all taken
   */
  public double factor(long round, long rounds) {
    if (round < warmUp) {
      return (round + 1.0) / (warmUp + 1.0);
    }
    double part = (double) (round - warmUp) / Math.max(1, rounds - warmUp);
    return switch (shape) {
      case Constant() -> 1.0;
      case Cosine(double end) ->
          end + (1.0 - end) * 0.5 * (1.0 + StrictMath.cos(StrictMath.PI * part));
      case Linear(double end) -> 1.0 - (1.0 - end) * part;
      case Steps(long every, double factor) -> {
        long falls = (round - warmUp) / every;
        yield StrictMath.pow(factor, (double) falls);
      }
    };
  }

  /** In words: {@code constant}, {@code cosine to 0 after 10 rounds of warm-up}. */
  public String describe() {
    String words =
        switch (shape) {
          case Constant() -> "constant";
          case Cosine(double end) -> String.format(Locale.ROOT, "cosine to %.4g", end);
          case Linear(double end) -> String.format(Locale.ROOT, "linear to %.4g", end);
          case Steps(long every, double factor) ->
              String.format(Locale.ROOT, "times %.4g every %d rounds", factor, every);
        };
    return warmUp == 0
        ? words
        : "%s after %d %s of warm-up".formatted(words, warmUp, warmUp == 1 ? "round" : "rounds");
  }
}
