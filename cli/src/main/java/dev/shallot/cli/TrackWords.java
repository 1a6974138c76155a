package dev.shallot.cli;

import dev.shallot.run.RunOutcome;
import dev.shallot.track.TrackSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What diagnostics found, as lines of text. Everything here is measured along one run. */
final class TrackWords {
  private TrackWords() {}

  static List<String> of(TrackSummary found, RunOutcome outcome) {
    List<String> lines = new ArrayList<>();
    found
        .subnetLambdaMin()
        .ifPresent(
            worst ->
                lines.add(
                    "smallest lambda_min(m o H) = %s (round %s, subnet %s) of %s measured%s"
                        .formatted(
                            View.number(worst.value()),
                            View.count(worst.round()),
                            worst.subnet(),
                            View.count(worst.measured()),
                            besideHalf(worst.value(), found.lambda0()))));
    found
        .wholeLambdaMin()
        .ifPresent(
            worst ->
                lines.add(
                    "smallest lambda_min(H(k)) = %s (k = %s)"
                        .formatted(View.number(worst.value()), View.count(worst.round()))));
    found
        .drift()
        .ifPresent(
            worst ->
                lines.add(
                    "kernel drift ||H(k) - H(0)||_F/||H(0)||_F up to %s (k = %s)"
                        .formatted(View.number(worst.value()), View.count(worst.round()))));
    found
        .flips()
        .ifPresent(
            worst ->
                lines.add(
                    "flips: up to %s %% of the activations differ from their start (k = %s)"
                        .formatted(View.number(100 * worst.value()), View.count(worst.round()))));
    found.farthest().ifPresent(worst -> lines.add(displacement(found, worst)));
    found.residual().ifPresent(energy -> lines.add(residual(energy)));
    found
        .pl()
        .ifPresent(
            pl ->
                lines.add(
                    "PL constant sigma_min(Phi)^2 = %s at the start, smallest %s (k = %s)"
                        .formatted(
                            View.number(pl.first()),
                            View.number(pl.smallest()),
                            View.count(pl.round()))));
    found.failures().forEach(failure -> lines.add("not measured " + failure));
    lines.add(
        "tracking took %s, beside %s of training"
            .formatted(View.seconds(found.seconds()), View.seconds(outcome.trainingSeconds())));
    List<String> headed = new ArrayList<>();
    for (String line : lines) {
      headed.add("%-10s %s".formatted(headed.isEmpty() ? "tracked" : "", line));
    }
    return headed;
  }

  private static String besideHalf(double value, OptionalDouble lambda0) {
    if (lambda0.isEmpty()) {
      return "";
    }
    double half = lambda0.getAsDouble() / 2;
    return "; Theorem 2 speaks of lambda_0/2 = %s: %s"
        .formatted(View.number(half), value >= half ? "stayed above in this run" : "fell below it");
  }

  private static String displacement(TrackSummary found, TrackSummary.Worst worst) {
    String line =
        "displacement of the farthest neuron up to %s (k = %s)"
            .formatted(View.number(worst.value()), View.count(worst.round()));
    if (found.radius().isEmpty() || found.outside().isEmpty()) {
      return line;
    }
    TrackSummary.Outside outside = found.outside().get();
    return line
        + "; R = kappa lambda_0/(192 n) = %s, at the end %s of %s neurons are beyond it"
            .formatted(
                View.number(found.radius().getAsDouble()),
                View.count(outside.neurons()),
                View.count(outside.of()));
  }

  /** How much of the residual is left along the largest eigenvalue, and along the small half. */
  private static String residual(TrackSummary.Energy energy) {
    int last = energy.first().length - 1;
    return "residual along eigenvectors of H(0): %s of its square is left along the first%s"
        .formatted(
            left(energy.first()[0], energy.last()[0]),
            last == 0
                ? ""
                : ", %s along ranks %d and up"
                    .formatted(left(energy.first()[last], energy.last()[last]), 1 << last));
  }

  private static String left(double first, double now) {
    return "%s %%".formatted(View.number(100 * now / first));
  }
}
