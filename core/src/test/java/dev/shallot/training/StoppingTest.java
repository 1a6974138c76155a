package dev.shallot.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.engine.Measurement;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stopping rules against their definitions, worked out by hand and by brute force. */
class StoppingTest {

  /** How many errors are seen until the rule stops; one more than there are if it does not. */
  private static int seen(Stopping stopping, double... errors) {
    for (int k = 0; k < errors.length; k++) {
      stopping.seen(k, errors[k]);
      if (stopping.stop().isPresent()) {
        return k + 1;
      }
    }
    return errors.length + 1;
  }

  private static Stopping plateau(int window, int patience, double floor) {
    return new Stopping(List.of(new StoppingRule.Plateau(window, patience, floor)), 10.0);
  }

  @Test
  void theTargetIsAPartOfTheTargetsNormAndIncluded() {
    Stopping stopping = new Stopping(List.of(new StoppingRule.TargetError(0.25)), 8.0);
    assertEquals(3, seen(stopping, 9.0, 2.0 + 1e-9, 2.0, 1.0));
    assertEquals(StopReason.Kind.TARGET_ERROR, stopping.stop().orElseThrow().kind());
    String message = stopping.stop().orElseThrow().message();
    assertTrue(message.startsWith("round 2:"), message);
    assertTrue(message.endsWith("0.2500 of the error of answering 0"), message);
  }

  @Test
  void theFirstMovingAverageThatDoesNotImproveEndsTheRunWithPatienceOne() {
    // Means of three: -, -, 4, 3, 2, 3.
    Stopping stopping = plateau(3, 1, 0.0);
    assertEquals(6, seen(stopping, 6, 4, 2, 3, 1, 5, 0));
    assertEquals(2.0, stopping.bestAverage().orElseThrow());
    assertEquals(StopReason.Kind.PLATEAU, stopping.stop().orElseThrow().kind());
  }

  @Test
  void failuresAreCountedOverTheWholeRunAndNeverReset() {
    // With a window of one: fails at 5, improves at 3, fails at 4, improves at 2, fails at 2.
    assertEquals(6, seen(plateau(1, 3, 0.0), 4, 5, 3, 4, 2, 2, 1));
    assertEquals(8, seen(plateau(1, 4, 0.0), 4, 5, 3, 4, 2, 2, 1));
  }

  @Test
  void nothingIsJudgedBeforeTheWindowIsFull() {
    Stopping stopping = plateau(4, 1, 0.0);
    assertEquals(4, seen(stopping, 1, 2, 3));
    assertTrue(stopping.bestAverage().isEmpty());
  }

  @Test
  void theFloorIsAPartOfTheTargetsNormAndExcluded() {
    assertEquals(5, seen(plateau(2, 1, 0.25), 6, 4, 3, 2, 2.9));
    assertEquals(5, seen(plateau(2, 1, 0.25), 6, 4, 3, 2), "2.5 is not below a quarter of 10");
  }

  @Test
  void bruteForceAgreesOnRandomErrors() {
    for (int trial = 0; trial < 200; trial++) {
      CounterRandom random = new CounterRandom(trial, RandomStream.PROBES);
      double[] errors = new double[60];
      Arrays.setAll(errors, k -> StrictMath.exp(-0.05 * k) * (1.0 + random.uniform(k)));
      int window = 1 + random.below(12, 100);
      int patience = 1 + random.below(7, 101);
      assertEquals(
          byDefinition(errors, window, patience),
          seen(plateau(window, patience, 0.0), errors),
          "trial " + trial);
    }
  }

  private static int byDefinition(double[] errors, int window, int patience) {
    int failures = 0;
    for (int k = window - 1; k < errors.length; k++) {
      double best = Double.POSITIVE_INFINITY;
      for (int j = window - 1; j < k; j++) {
        best = Math.min(best, mean(errors, j, window));
      }
      failures += mean(errors, k, window) < best ? 0 : 1;
      if (failures == patience) {
        return k + 1;
      }
    }
    return errors.length + 1;
  }

  private static double mean(double[] errors, int last, int window) {
    return Arrays.stream(errors, last - window + 1, last + 1).sum() / window;
  }

  @Test
  void aResumedRunStopsWhereAnUninterruptedOneDoes() {
    double[] errors = {9, 7, 8, 6, 6.5, 5, 5.5, 5.25, 5.2, 5.3, 5.25, 5.4, 5.1, 5.6};
    int whole = seen(plateau(3, 3, 0.0), errors);
    assertTrue(whole > 6 && whole <= errors.length, "it stops on the way: " + whole);
    for (int cut = 0; cut < whole; cut++) {
      ErrorTrace trace = new ErrorTrace();
      for (int k = 0; k < cut; k++) {
        trace.add(k, errors[k]);
      }
      Stopping resumed = plateau(3, 3, 0.0);
      resumed.resumed(
          TrainingPlan.builder(1, new MaskLaw.Full(1)).build(),
          new TrainingMoment(
              cut, new StepSizes(1, 1, ""), new Measurement(9, 0, 0, 0), trace, state -> {}),
          "",
          new Network(1, 1, 1, new double[1], new double[1], 1.0));
      int k = cut;
      while (resumed.stop().isEmpty()) {
        resumed.seen(k, errors[k]);
        k++;
      }
      assertEquals(whole, k, "cut after " + cut);
    }
  }

  @Test
  void rulesOutOfRangeAreRefused() {
    assertThrows(TrainingException.class, () -> new StoppingRule.TargetError(0.0));
    assertThrows(TrainingException.class, () -> new StoppingRule.Plateau(0, 1, 0.0));
    assertThrows(TrainingException.class, () -> new StoppingRule.Plateau(1, 0, 0.0));
    assertThrows(TrainingException.class, () -> new StoppingRule.Plateau(1, 1, -1.0));
  }
}
