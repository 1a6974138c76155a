package dev.shallot.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import org.junit.jupiter.api.Test;

class LossTest {
  private static TrainingData targets(int outputs, double... y) {
    int n = y.length / outputs;
    return new TrainingData(n, 1, outputs, new double[n], y);
  }

  @Test
  void crossEntropyOfKnownSharesIsKnown() {
    // p = (1, 2, 5)/8 by hand; class 2 was right, counted three times.
    double[] f = {0.0, Math.log(2), Math.log(5)};
    double[] y = {0, 0, 1};
    double error = Loss.CROSS_ENTROPY.residual(3, 3.0, f, 0, y, 0, 1.0);
    assertEquals(1.0 - 3.0 * Math.log(5.0 / 8), error, 1e-14);
    assertArrayEquals(new double[] {3.0 / 8, 6.0 / 8, 15.0 / 8 - 3}, f, 1e-14);
  }

  @Test
  void logitsOfAnySizeAreTaken() {
    double[] f = {1e6, -1e6, 1e6};
    double error = Loss.CROSS_ENTROPY.residual(3, 1.0, f, 0, new double[] {0, 1, 0}, 0, 0.0);
    assertEquals(2e6 + Math.log(2), error, 1e-9);
    assertArrayEquals(new double[] {0.5, -1.0, 0.5}, f, 1e-15);
  }

  @Test
  void whatIsNoNumberStaysNone() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] f = {bad, 0.0};
      double error = Loss.CROSS_ENTROPY.residual(2, 1.0, f, 0, new double[] {0, 1}, 0, 0.0);
      assertTrue(Double.isNaN(error) || error == Double.POSITIVE_INFINITY, "error " + error);
      assertTrue(Double.isNaN(f[0]));
    }
  }

  @Test
  void weightsCountSamples() {
    TrainingData data =
        new TrainingData(2, 1, 2, new double[2], new double[] {1, 2, 3, 4}, new double[] {2, 0.5});
    assertEquals(2 * (1 + 4) + 0.5 * (9 + 16), Loss.SQUARED.ofZero(data));
    assertEquals(2.5, data.totalWeight());
    TrainingData classes =
        new TrainingData(2, 1, 2, new double[2], new double[] {1, 0, 0, 1}, new double[] {2, 0.5});
    assertEquals(2.5 * Math.log(2), Loss.CROSS_ENTROPY.ofZero(classes), 1e-15);
  }

  @Test
  void withoutWeightsZeroAnswersCostTheTargetsNormToTheBit() {
    TrainingData data = targets(2, 0.1, 0.7, -1.3, 2.9, 1e-3, 5.5);
    assertEquals(data.targetNorm(), Loss.SQUARED.ofZero(data));
  }

  @Test
  void targetsThatAreNoSharesAreRefused() {
    for (TrainingData data :
        new TrainingData[] {targets(1, 1.0), targets(2, 0.5, 0.6), targets(2, 1.5, -0.5)}) {
      assertThrows(TrainingException.class, () -> Loss.CROSS_ENTROPY.check(data));
    }
    Loss.CROSS_ENTROPY.check(targets(2, 0.25, 0.75));
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    double[][] wrong = {{1, -1}, {0, 0}, {1, Double.NaN}, {1}};
    for (double[] weights : wrong) {
      assertThrows(
          TrainingException.class,
          () -> new TrainingData(2, 1, 1, new double[2], new double[2], weights));
    }
  }
}
