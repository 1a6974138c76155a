package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The linear model's arithmetic: against sums written down, and bit by bit against scalar code. */
class LinearKernelsTest {
  private static final long SEED = 20261123;
  private static final int[] SAMPLES = {1, 7, 13, 25, 32, 100, 207};

  private final Random random = new Random(SEED);
  private final LinearKernels vector = Simd.linear();
  private final LinearKernels scalar = new ScalarLinear();

  private double[] gaussians(int count) {
    return random.doubles(count).map(u -> u - 0.5).toArray();
  }

  @Test
  void productsAreTheSumsTheySayTheyAre() {
    for (int n : SAMPLES) {
      int stride = (n + 31) / 32 * 32;
      double[] matrix = gaussians(n * stride);
      double[] x = gaussians(n);
      double[] before = gaussians(stride);
      double[] y = before.clone();
      double[] y2 = before.clone();
      vector.addProduct(n, matrix, stride, x, y);
      scalar.addProduct(n, matrix, stride, x, y2);
      double[] product = new double[stride];
      double[] absolute = new double[stride];
      double[] product2 = new double[stride];
      double[] absolute2 = new double[stride];
      vector.products(n, matrix, stride, x, product, absolute);
      scalar.products(n, matrix, stride, x, product2, absolute2);
      for (int i = 0; i < n; i++) {
        double sum = 0.0;
        double size = 0.0;
        for (int j = 0; j < n; j++) {
          sum += x[j] * matrix[j * stride + i];
          size += Math.abs(x[j] * matrix[j * stride + i]);
        }
        assertEquals(before[i] + sum, y[i], 1e-13 * n, "seed " + SEED);
        assertEquals(sum, product[i], 1e-13 * n, "seed " + SEED);
        assertEquals(size, absolute[i], 1e-13 * n, "seed " + SEED);
        assertEquals(y2[i], y[i], "seed " + SEED);
        assertEquals(product2[i], product[i], "seed " + SEED);
        assertEquals(absolute2[i], absolute[i], "seed " + SEED);
      }
    }
  }

  @Test
  void dotsAndBitCountsAreTheScalarCodes() {
    for (int n : SAMPLES) {
      int count = (n + 15) / 16 * 16;
      double[] x = gaussians(3 * count);
      assertEquals(
          scalar.dot(count, x, 3, x, count, new double[16]),
          vector.dot(count, x, 3, x, count, new double[16]),
          "seed " + SEED);
      int words = (n + 31) / 32;
      int[] bits = random.ints(4L * words).toArray();
      int[] counts = new int[32 * words];
      int[] counts2 = new int[32 * words];
      for (int row = 0; row < 4; row++) {
        vector.addBits(words, bits, words * row, row - 1, counts);
        scalar.addBits(words, bits, words * row, row - 1, counts2);
      }
      assertArrayEquals(counts2, counts, "seed " + SEED);
    }
  }

  @Test
  void closeFindsTheEntriesBelowTheLimit() {
    for (int count : SAMPLES) {
      double[] start = gaussians(count + LinearKernels.OVERRUN);
      double[] slope = gaussians(count + LinearKernels.OVERRUN);
      int[] found = new int[count + LinearKernels.OVERRUN];
      int[] expected = new int[count];
      int from = count / 3;
      int size = 0;
      for (int k = from; k < count; k++) {
        if (start[k] + 0.7 * slope[k] <= 0.1) {
          expected[size++] = k;
        }
      }
      for (LinearKernels kernels : new LinearKernels[] {vector, scalar}) {
        assertEquals(size, kernels.close(from, count, start, slope, 0.7, 0.1, found));
        assertArrayEquals(
            Arrays.copyOf(expected, size), Arrays.copyOf(found, size), "seed " + SEED);
      }
    }
  }
}
