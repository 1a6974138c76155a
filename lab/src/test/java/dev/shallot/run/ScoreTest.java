package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  /** By hand: errors 1, 0, -1, 2; mean of truth 2.5, spread 5. */
  @Test
  void scoresAreThoseOfTheTextbook() {
    NumberScore score =
        Score.of(List.of("y"), new double[] {2, 2, 2, 6}, new double[] {1, 2, 3, 4})
            .get(0)
            .number();
    assertEquals(Math.sqrt(1.5), score.rmse(), 1e-15);
    assertEquals(1.0, score.mae(), 1e-15);
    assertEquals(1.0 - 6.0 / 5.0, score.r2().orElseThrow(), 1e-15);
  }

  @Test
  void targetsAreScoredApart() {
    List<Score> scores =
        Score.of(List.of("a", "b"), new double[] {1, 10, 2, 20}, new double[] {1, 11, 2, 21});
    assertEquals(0.0, scores.get(0).number().rmse());
    assertEquals(1.0, scores.get(0).number().r2().orElseThrow());
    assertEquals(1.0, scores.get(1).number().mae());
    assertEquals("b", scores.get(1).target());
  }

  @Test
  void aConstantTargetHasNoR2() {
    NumberScore score =
        Score.of(List.of("y"), new double[] {1, 2}, new double[] {3, 3}).get(0).number();
    assertTrue(score.r2().isEmpty());
    assertFalse(score.toMap().containsKey("r2"));
  }

  @Test
  void unequalLengthsAreRefused() {
    assertThrows(RunException.class, () -> Score.of(List.of("y"), new double[2], new double[3]));
  }

  @Test
  void rowsThatHaveNoMeanAreRefused() {
    String none = TestRuns.refusal(() -> Score.of(List.of("y"), new double[0], new double[0]));
    assertTrue(none.contains("at least one row"), none);
    for (double[] weights : new double[][] {{0, 0}, {Double.POSITIVE_INFINITY, 1}}) {
      String message =
          TestRuns.refusal(() -> Score.check(1, new double[2], new double[2], weights));
      assertTrue(message.contains("in sum"), message);
    }
    Score.check(1, new double[2], new double[2], new double[] {0, 1});
  }
}
