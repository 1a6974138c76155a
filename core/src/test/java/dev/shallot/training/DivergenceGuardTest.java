package dev.shallot.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DivergenceGuardTest {
  private static RoundReport report(double[] stepErrors, Optional<Measurement> whole) {
    return new RoundReport(2, 2, stepErrors, new double[0], whole);
  }

  private static Optional<StopReason> after(double targetNorm, RoundReport... rounds) {
    DivergenceGuard guard = new DivergenceGuard(targetNorm);
    for (int k = 0; k < rounds.length; k++) {
      guard.roundDone(k, rounds[k]);
    }
    return guard.stop();
  }

  @Test
  void ordinaryErrorsPass() {
    double[] steps = {5.0, 4.0, 6.0, 3.0};
    Measurement whole = new Measurement(2.0, 0.0, 0, 0);
    assertTrue(after(1.0, report(steps, Optional.of(whole))).isEmpty());
  }

  @Test
  void anErrorThatIsNotFiniteStopsWithItsPlace() {
    StopReason reason =
        after(
                1.0,
                report(new double[] {1, 1, 1, 1}, Optional.empty()),
                report(new double[] {1, Double.NaN, 1, 1}, Optional.empty()))
            .orElseThrow();
    assertEquals(StopReason.Kind.DIVERGED, reason.kind());
    assertTrue(
        reason.message().startsWith("round 1, subnet 0, local step 1: the error is NaN"),
        reason.message());
  }

  @Test
  void theFirstErrorsSetTheScale() {
    assertTrue(
        after(
                1.0,
                report(new double[] {1e5, 1, 1, 1}, Optional.empty()),
                report(new double[] {1e10, 1, 1, 1}, Optional.empty()))
            .isEmpty());
    StopReason reason =
        after(1.0, report(new double[] {1, 1, 1, 2e6}, Optional.empty())).orElseThrow();
    assertTrue(
        reason.message().startsWith("round 0, subnet 1, local step 1: the error is 2.00e+06"),
        reason.message());
  }

  @Test
  void theWholeNetworkCountsToo() {
    Measurement whole = new Measurement(Double.POSITIVE_INFINITY, 0.0, 0, 0);
    StopReason reason =
        after(1.0, report(new double[] {1, 1, 1, 1}, Optional.of(whole))).orElseThrow();
    assertTrue(reason.message().startsWith("round 0, after aggregation"), reason.message());
  }
}
