package dev.shallot.training;

import dev.shallot.network.NetworkRows;
import dev.shallot.plan.TrainingPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Ends a run by {@link StoppingRule}s. What it says is a pure function of the errors that it was
 * told, in their order: a run that goes on from a checkpoint tells them again.
 */
public final class Stopping implements TrainingListener {
  private final List<StoppingRule> rules;
  private final double targetNorm;
  private final double[] last;
  private long count;
  private int failures;
  private double best = Double.POSITIVE_INFINITY;
  private Optional<StopReason> reason = Optional.empty();

  /**
   * Rules for one run.
   *
   * @param rules at most one of each kind
   * @param targetNorm the error of a network that answers 0: ||Y||^2, or {@link
   *     dev.shallot.plan.Loss#ofZero} of another loss or of weighted samples
   */
  public Stopping(List<StoppingRule> rules, double targetNorm) {
    this.rules = List.copyOf(rules);
    this.targetNorm = targetNorm;
    int window = 0;
    for (StoppingRule rule : rules) {
      if (rule instanceof StoppingRule.Plateau plateau) {
        window = plateau.window();
      }
    }
    this.last = new double[window];
  }

  @Override
  public void event(TrainingEvent event) {
    if (event instanceof TrainingEvent.Aggregated aggregated) {
      seen(aggregated.round(), aggregated.whole().error());
    }
  }

  /** The errors so far are all that there is to remember. */
  @Override
  public void resumed(TrainingPlan plan, TrainingMoment moment, String engine, NetworkRows opened) {
    for (int i = 0; i < moment.errors().size(); i++) {
      seen(moment.errors().round(i), moment.errors().error(i));
    }
  }

  /**
   * Tells the error after a round. Rounds come in their order, each once.
   *
   * @param round k, from 0
   * @param error that the plan reports, ||Y - u_{k+1}||^2 in the papers' setting
   */
  public void seen(long round, double error) {
    for (StoppingRule rule : rules) {
      Optional<StopReason> found =
          switch (rule) {
            case StoppingRule.TargetError target -> judge(target, round, error);
            case StoppingRule.Plateau plateau -> judge(plateau, round, error);
          };
      reason = reason.or(() -> found);
    }
  }

  private Optional<StopReason> judge(StoppingRule.TargetError rule, long round, double error) {
    if (!(error <= rule.part() * targetNorm)) {
      return Optional.empty();
    }
    return stop(
        StopReason.Kind.TARGET_ERROR,
        String.format(
            Locale.ROOT,
            "round %d: the error %.4g is at most %.4g of the error of answering 0",
            round,
            error,
            rule.part()));
  }

  private Optional<StopReason> judge(StoppingRule.Plateau rule, long round, double error) {
    last[(int) (count++ % last.length)] = error;
    if (count < last.length) {
      return Optional.empty();
    }
    // Summed anew each time, in one order whatever the position in the ring: no drift.
    double average = 0.0;
    for (int i = 0; i < last.length; i++) {
      average += last[(int) ((count + i) % last.length)];
    }
    average /= last.length;
    if (average < best) {
      best = average;
    } else {
      failures++;
    }
    if (failures >= rule.patience()) {
      return stop(
          StopReason.Kind.PLATEAU,
          String.format(
              Locale.ROOT,
              "round %d: the mean of the last %d errors, %.4g, did not improve on the best, %.4g"
                  + " (failure %d of %d)",
              round,
              rule.window(),
              average,
              best,
              failures,
              rule.patience()));
    }
    return average < rule.floor() * targetNorm
        ? stop(
            StopReason.Kind.PLATEAU,
            String.format(
                Locale.ROOT,
                "round %d: the mean of the last %d errors, %.4g, is below %.4g of the error of"
                    + " answering 0",
                round,
                rule.window(),
                average,
                rule.floor()))
        : Optional.empty();
  }

  private static Optional<StopReason> stop(StopReason.Kind kind, String message) {
    return Optional.of(new StopReason(kind, message));
  }

  /** The best moving average so far; empty without a plateau rule, or before a window is full. */
  public OptionalDouble bestAverage() {
    return best < Double.POSITIVE_INFINITY ? OptionalDouble.of(best) : OptionalDouble.empty();
  }

  @Override
  public Optional<StopReason> stop() {
    return reason;
  }
}
