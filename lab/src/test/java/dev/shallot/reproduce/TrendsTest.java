package dev.shallot.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrendsTest {
  @Test
  void ranksAgreeWithAnIndependentComputation() {
    // scipy.stats.spearmanr([1,2,3,4,5], [2,1,4,3,5]) = 0.8; with ties ([1,2,2,3], [1,3,2,4]):
    // ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5) = 0.9486832980505138
    assertEquals(
        0.8, Trends.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}), 1e-15);
    assertEquals(
        0.9486832980505138,
        Trends.spearman(new double[] {1, 2, 2, 3}, new double[] {1, 3, 2, 4}),
        1e-15);
    assertEquals(-1, Trends.spearman(new double[] {1, 2, 9}, new double[] {5, 4, -1}), 1e-15);
  }

  @Test
  void whatHasNoRankHasNoCorrelation() {
    assertTrue(Double.isNaN(Trends.spearman(new double[] {1, 2}, new double[] {3, 3})));
    assertTrue(Double.isNaN(Trends.spearman(new double[] {1, 2}, new double[] {3, Double.NaN})));
    assertTrue(Double.isNaN(Trends.spearman(new double[] {1}, new double[] {3})));
  }

  @Test
  void aPlateauEndsWhereTheCodeEndsIt() {
    // Means of two: 4, 2.5, 3.5 (failure), 3 (failure), 1 (never seen with patience 2).
    double[] errors = {5, 3, 2, 5, 1, 1};
    assertEquals(2.5, Trends.plateau(errors, 2, 1, 0));
    assertEquals(2.5, Trends.plateau(errors, 2, 2, 0));
    assertEquals(1, Trends.plateau(errors, 2, 3, 0));
    assertEquals(4, Trends.plateau(errors, 2, 3, 4.5), "below the floor");
    assertTrue(Double.isNaN(Trends.plateau(errors, 7, 1, 0)));
  }

  @Test
  void slopesAndTails() {
    assertEquals(2, Trends.slope(new double[] {1, 2, 4}, new double[] {3, 5, 9}), 1e-15);
    assertEquals(2.5, Trends.tailMean(new double[] {9, 2, 3}, 2));
    assertEquals(14.0 / 3, Trends.tailMean(new double[] {9, 2, 3}, 9), 1e-15);
    assertEquals(1, Trends.firstAtMost(new double[] {3, 2, 1}, 2));
    assertEquals(-1, Trends.firstAtMost(new double[] {3, 2, 1}, 0.5));
  }
}
