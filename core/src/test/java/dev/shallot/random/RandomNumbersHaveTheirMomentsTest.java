package dev.shallot.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Moments at fixed seeds, within four standard errors of what the law says. This guards against a
 * wrong transformation, not against a bad generator.
 */
class RandomNumbersHaveTheirMomentsTest {
  private static final int COUNT = 200_000;

  private final CounterRandom random = new CounterRandom(20261, RandomStream.PROBES);

  private static void assertMean(double mean, double variance, LongToDoubleFunction draw) {
    double sum = 0.0;
    for (int i = 0; i < COUNT; i++) {
      sum += draw.applyAsDouble(i);
    }
    assertEquals(mean, sum / COUNT, 4.0 * Math.sqrt(variance / COUNT));
  }

  private static double power(double x, int exponent) {
    return Math.pow(x, exponent);
  }

  @Test
  void uniformsHaveMeanOneHalfAndVarianceOneTwelfth() {
    assertMean(0.5, 1.0 / 12, random::uniform);
    assertMean(1.0 / 12, 1.0 / 180, i -> power(random.uniform(i) - 0.5, 2));
    for (int i = 0; i < COUNT; i++) {
      double u = random.uniform(i);
      assertTrue(u >= 0.0 && u < 1.0);
    }
  }

  @Test
  void neighbouringUniformsAreUncorrelated() {
    assertMean(0.0, 1.0 / 144, i -> (random.uniform(i) - 0.5) * (random.uniform(i + 1) - 0.5));
    CounterRandom other = new CounterRandom(20261, RandomStream.PROBES, 1, 0);
    assertMean(0.0, 1.0 / 144, i -> (random.uniform(i) - 0.5) * (other.uniform(i) - 0.5));
  }

  @Test
  void gaussiansHaveTheFirstFourMomentsOfTheNormalLaw() {
    assertMean(0.0, 1.0, random::gaussian);
    assertMean(1.0, 2.0, i -> power(random.gaussian(i), 2));
    assertMean(0.0, 15.0, i -> power(random.gaussian(i), 3));
    assertMean(3.0, 96.0, i -> power(random.gaussian(i), 4));
  }

  @Test
  void theTwoGaussiansOfAPairAreUncorrelated() {
    assertMean(0.0, 1.0, i -> random.gaussian(2 * i) * random.gaussian(2 * i + 1));
  }

  @Test
  void signsAreFair() {
    assertMean(0.0, 1.0, random::sign);
  }

  @Test
  void everyItemIsEquallyLikelyToComeFirst() {
    int[] first = new int[5];
    int trials = 20_000;
    for (int k = 0; k < trials; k++) {
      first[new CounterRandom(20261, RandomStream.BATCHES, 0, k).permutation(5)[0]]++;
    }
    for (int count : first) {
      assertEquals(0.2, (double) count / trials, 4.0 * Math.sqrt(0.16 / trials));
    }
  }
}
