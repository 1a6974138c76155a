package dev.shallot.training;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.engine.StateExchange;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Ends a run whose error leaves all bounds: an error of a local step, of a subnet or of the whole
 * network that is not finite or exceeds 10^6 times the largest of ||Y||^2, the error at
 * initialisation and the first errors of the first round's subnets. A gradient step that is short
 * enough never raises the squared error of its subnet, so only a step size that is too large gets
 * there.
 */
public final class DivergenceGuard implements TrainingListener {
  private static final double FACTOR = 1e6;

  private double scale;
  private Optional<StopReason> reason = Optional.empty();

  /**
   * A guard for one run.
   *
   * @param targetNorm ||Y||^2
   */
  public DivergenceGuard(double targetNorm) {
    this.scale = targetNorm;
  }

  @Override
  public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
    if (!Double.isFinite(initial.error())) {
      diverged("the error at initialisation is " + initial.error());
    }
    scale = Math.max(scale, initial.error());
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    if (reason.isPresent()) {
      return;
    }
    int tau = report.localSteps();
    if (round == 0) {
      for (int l = 0; l < report.subnets(); l++) {
        double first = report.stepErrors()[l * tau];
        scale = Double.isFinite(first) ? Math.max(scale, first) : scale;
      }
    }
    checkSteps(round, report.stepErrors(), tau);
    if (report.subnetErrors().length > 0) {
      checkSteps(round, report.subnetErrors(), tau + 1);
    }
    report
        .whole()
        .filter(whole -> outOfBounds(whole.error()))
        .ifPresent(
            whole ->
                diverged(
                    "round %d, after aggregation: the whole network's error is %s"
                        .formatted(round, bound(whole.error()))));
  }

  /** The earliest step first: it is the one that names the cause. */
  private void checkSteps(long round, double[] errors, int perSubnet) {
    for (int t = 0; t < perSubnet && reason.isEmpty(); t++) {
      for (int l = 0; l * perSubnet + t < errors.length && reason.isEmpty(); l++) {
        double error = errors[l * perSubnet + t];
        if (outOfBounds(error)) {
          diverged(
              "round %d, subnet %d, local step %d: the error is %s"
                  .formatted(round, l, t, bound(error)));
        }
      }
    }
  }

  private boolean outOfBounds(double error) {
    return !(error <= FACTOR * scale);
  }

  private String bound(double error) {
    return Double.isFinite(error)
        ? String.format(Locale.ROOT, "%.3g, above 10^6 times that of the start, %.3g", error, scale)
        : String.format(Locale.ROOT, "%s, from %.3g at the start", error, scale);
  }

  private void diverged(String message) {
    if (reason.isEmpty()) {
      reason = Optional.of(new StopReason(StopReason.Kind.DIVERGED, message));
    }
  }

  /** The first round's errors are part of the scale, and are not seen again. */
  @Override
  public void exchange(StateExchange state) throws IOException {
    scale = state.number("size", scale);
  }

  @Override
  public Optional<StopReason> stop() {
    return reason;
  }
}
