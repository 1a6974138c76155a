package dev.shallot.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Statistics over seeds against NumPy. The golden numbers are those of
 *
 * <pre>
 * means[b] = x[floor(n * u)].mean(), u = (raw >> 11) * 2.0**-53,
 *   raw = numpy.random.Philox(key=[0, 8], counter=[0, 0, b, 0]).random_raw(n), b = 0 .. 1999
 * numpy.mean(x), numpy.std(x, ddof=1) / sqrt(n), numpy.percentile(means, [2.5, 97.5])
 * </pre>
 */
class SeedStatisticsTest {

  @Test
  void numpyGivesTheSame() {
    check(new double[] {1, 2, 4, 8, 16}, 6.2, 2.727636339397171, 2.2, 11.6);
    check(new double[] {0.3, 0.1}, 0.2, 0.09999999999999999, 0.1, 0.3);
    check(new double[] {5, 5, 5}, 5.0, 0.0, 5.0, 5.0);
    check(
        new double[] {2.5, -1, 0.25, 7, 3, 3, -2.75, 11}, 2.875, 1.5626785612256555, 0.15625, 6.0);
  }

  private static void check(double[] values, double mean, double error, double low, double high) {
    SeedStatistics statistics = SeedStatistics.of(values);
    assertEquals(values.length, statistics.count());
    assertEquals(0, statistics.left());
    assertEquals(mean, statistics.mean(), 1e-15 * Math.abs(mean));
    assertEquals(error, statistics.standardError(), 1e-15 * error);
    assertEquals(low, statistics.low(), 1e-14 * Math.abs(low));
    assertEquals(high, statistics.high(), 1e-14 * Math.abs(high));
  }

  @Test
  void shiftsAndScalesGoThrough() {
    double[] values = {0.5, 2, 3.25, 1, 0.125};
    SeedStatistics plain = SeedStatistics.of(values);
    SeedStatistics moved = SeedStatistics.of(Arrays.stream(values).map(x -> 4 * x + 8).toArray());
    assertEquals(4 * plain.mean() + 8, moved.mean(), 1e-12);
    assertEquals(4 * plain.standardError(), moved.standardError(), 1e-12);
    assertEquals(4 * plain.low() + 8, moved.low(), 1e-12);
    assertEquals(4 * plain.high() + 8, moved.high(), 1e-12);
  }

  @Test
  void oneSeedHasNoSpreadAndDivergedOnesAreCountedApart() {
    SeedStatistics one = SeedStatistics.of(new double[] {3, Double.NaN, Double.POSITIVE_INFINITY});
    assertEquals(1, one.count());
    assertEquals(2, one.left());
    assertEquals(3, one.mean());
    assertTrue(Double.isNaN(one.standardError()) && Double.isNaN(one.low()));
    assertTrue(Double.isNaN(SeedStatistics.of(new double[] {Double.NaN}).mean()));
  }

  @Test
  void quantilesAreNumpys() {
    double[] sorted = {1, 2, 4, 8};
    assertEquals(1, SeedStatistics.quantile(sorted, 0));
    assertEquals(8, SeedStatistics.quantile(sorted, 1));
    assertEquals(3, SeedStatistics.quantile(sorted, 0.5));
    assertEquals(1.3, SeedStatistics.quantile(sorted, 0.1), 1e-15);
    TestSweeps.refusal(() -> SeedStatistics.quantile(new double[0], 0.5));
    TestSweeps.refusal(() -> SeedStatistics.quantile(sorted, 1.5));
  }
}
