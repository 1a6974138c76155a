package dev.shallot.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shallot.TrainingException;
import dev.shallot.mask.MaskLaw;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Early stopping on a network whose loss is known by hand. */
class HeldOutStoppingTest {
  private static final TrainingPlan PLAN =
      TrainingPlan.builder(1, new MaskLaw.Full(1)).rounds(50).build();

  /** Two rows, x = 1 and y = 0, of which the first counts three times as much. */
  private static final TrainingData ROWS =
      new TrainingData(2, 1, 1, new double[] {1, 1}, new double[2], new double[] {3, 1});

  /** f(1) = v, so that the loss is v^2 a row. */
  private static Network answering(double v) {
    return new Network(1, 1, 1, new double[] {1}, new double[] {v}, 1.0);
  }

  /** Shows the networks after rounds 0, 1, ...; says after which the run ends, or -1. */
  private static int ends(HeldOutStopping stopping, double start, double... after) {
    stopping.standing(0, Optional.empty(), () -> answering(start));
    for (int k = 0; k < after.length; k++) {
      double v = after[k];
      stopping.trained(k, () -> answering(v));
      if (stopping.stop().isPresent()) {
        return k;
      }
    }
    return -1;
  }

  @Test
  void theRunEndsWhenSoManyMeasurementsInARowWereNotSmaller() {
    List<Double> losses = new ArrayList<>();
    HeldOutStopping stopping =
        new HeldOutStopping(PLAN, ROWS, 3, (round, loss) -> losses.add(loss));
    // An equal loss is a failure; a smaller one begins the count anew.
    assertEquals(6, ends(stopping, 3, 2, 2.5, 2, 1, 1.5, 1.25, 1.125, 0.5));
    assertEquals(List.of(9.0, 4.0, 6.25, 4.0, 1.0, 2.25, 1.5625, 1.265625), losses);
    assertEquals(StopReason.Kind.HELD_OUT, stopping.stop().orElseThrow().kind());
    assertEquals(3, stopping.bestRound());
    assertEquals(1.0, stopping.bestLoss());
    assertArrayEquals(new double[] {1.0}, stopping.best().orElseThrow().whole().outputWeights());
  }

  @Test
  void theNetworkOfBeforeTrainingMayBeTheBest() {
    HeldOutStopping stopping = new HeldOutStopping(PLAN, ROWS, 2, (round, loss) -> {});
    assertEquals(1, ends(stopping, 0.5, 1, 2));
    assertEquals(-1, stopping.bestRound());
    assertArrayEquals(new double[] {0.5}, stopping.best().orElseThrow().whole().outputWeights());
  }

  @Test
  void aPatienceOfNothingIsRefused() {
    assertThrows(
        TrainingException.class, () -> new HeldOutStopping(PLAN, ROWS, 0, (round, loss) -> {}));
  }
}
