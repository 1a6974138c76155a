package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Run once for each width of vectors. */
class ReflectionKernelsTest {
  private final ReflectionKernels vector = Simd.reflections();
  private final ReflectionKernels scalar = new ScalarReflection();
  private long drawn;

  private double[] gaussians(int count) {
    CounterRandom random = new CounterRandom(11, RandomStream.PROBES);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.gaussian(drawn++);
    }
    return numbers;
  }

  @Test
  void vectorsGiveTheBitsOfPlainJava() {
    for (int stride : new int[] {32, 64, 224}) {
      for (int first : new int[] {0, 1, 13}) {
        int rows = stride - 5;
        int from = first / 32 * 32;
        double[] a = gaussians(rows * stride);
        double[] b = a.clone();
        double[] v = gaussians(stride);
        double[] w = gaussians(stride);
        double[] next = gaussians(stride);
        double[] image = new double[stride];
        double[] same = new double[stride];
        vector.reflect(first, rows, from, a, stride, v, w, next, image);
        scalar.reflect(first, rows, from, b, stride, v, w, next, same);
        assertArrayEquals(b, a, "matrix, stride " + stride);
        assertArrayEquals(same, image, "image, stride " + stride);
      }
    }
  }

  /** a = 1 1^T, v = e_0, w = e_1: two entries fall by one, and next = 1 sums the columns. */
  @Test
  void aReflectionByHand() {
    double[] a = new double[2 * 32];
    java.util.Arrays.fill(a, 1.0);
    double[] v = new double[32];
    double[] w = new double[32];
    double[] next = new double[32];
    v[0] = 1.0;
    w[1] = 1.0;
    next[0] = 1.0;
    next[1] = 1.0;
    double[] image = new double[32];
    vector.reflect(0, 2, 0, a, 32, v, w, next, image);
    assertEquals(0.0, a[1]);
    assertEquals(0.0, a[32]);
    assertEquals(1.0, a[0]);
    assertEquals(1.0, image[0]);
    assertEquals(1.0, image[1]);
    assertEquals(2.0, image[2]);
  }
}
