package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The kernels of sample space: vectors against the scalar code, tables against the product. */
class LaneKernelsTest {
  private static final int[] AWKWARD = {1, 3, 4, 5, 7, 16, 25, 33, 100};
  private static final int BLOCK = LaneKernels.BLOCK;

  private final LaneKernels<double[]> vector = Simd.lanes64();
  private final LaneKernels<double[]> scalar = Simd.scalarLanes64();

  private static double[] random(int length, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    return IntStream.range(0, length).mapToDouble(random::gaussian).toArray();
  }

  @Test
  void vectorsGiveTheScalarCodesBits() {
    for (int n : AWKWARD) {
      int outputs = 3;
      double[] z = random(n * BLOCK, 1);
      z[0] = 0.0;
      double[] a = random(outputs * BLOCK, 2);
      double[] e = random(outputs * n, 3);
      int[] index = IntStream.range(0, n).filter(i -> i % 2 == 0).map(i -> n - 1 - i).toArray();

      double[] expected = new double[outputs * n];
      double[] actual = new double[outputs * n];
      scalar.sumOverNeurons(n, outputs, BLOCK, z, 0, a, 0, expected, 0, n, new double[16]);
      vector.sumOverNeurons(n, outputs, BLOCK, z, 0, a, 0, actual, 0, n, new double[16]);
      assertArrayEquals(expected, actual);

      for (boolean activeAtZero : new boolean[] {true, false}) {
        double[] s0 = new double[index.length * BLOCK];
        double[] s1 = new double[index.length * BLOCK];
        scalar.backward(index, index.length, outputs, z, 0, a, 0, e, n, -0.3, activeAtZero, s0, 0);
        vector.backward(index, index.length, outputs, z, 0, a, 0, e, n, -0.3, activeAtZero, s1, 0);
        assertArrayEquals(s0, s1);
        double[] z0 = z.clone();
        double[] z1 = z.clone();
        scalar.addRows(index, index.length, s0, 0, z0, 0);
        vector.addRows(index, index.length, s1, 0, z1, 0);
        assertArrayEquals(z0, z1);
      }

      double[] g0 = new double[outputs * BLOCK];
      double[] g1 = new double[outputs * BLOCK];
      scalar.outputGradient(index, index.length, outputs, z, 0, e, n, g0, 0);
      vector.outputGradient(index, index.length, outputs, z, 0, e, n, g1, 0);
      assertArrayEquals(g0, g1);

      int rows = (n + 3) / 4 * 4;
      double[] k = random(rows * n, 4);
      double[] p0 = random(rows * BLOCK, 5);
      double[] p1 = p0.clone();
      scalar.multiplyAdd(rows, n, k, n, z, 0, p0, 0);
      vector.multiplyAdd(rows, n, k, n, z, 0, p1, 0);
      assertArrayEquals(p0, p1);
    }
  }

  @Test
  void compressingAndExpandingComesBack() {
    for (int width : new int[] {1, 15, 16, 63, 64, 65, 130, 200}) {
      double[] row = random(width, 6);
      long[] chosen = new long[(width + 63) / 64];
      int count = 0;
      for (int r = 0; r < width; r++) {
        if (row[r] > 0) {
          chosen[r >> 6] |= 1L << (r & 63);
          count++;
        }
      }
      double[] packed = new double[width];
      double[] expected = new double[width];
      vector.compress(chosen, 0, width, row, 0, packed, 0);
      scalar.compress(chosen, 0, width, row, 0, expected, 0);
      assertArrayEquals(expected, packed);
      double[] sums = random(width, 7);
      double[] expectedSums = sums.clone();
      vector.expandAdd(chosen, 0, width, packed, 0, sums, 0);
      scalar.expandAdd(chosen, 0, width, packed, 0, expectedSums, 0);
      assertArrayEquals(expectedSums, sums);
      assertEquals(count, IntStream.range(0, width).filter(r -> row[r] > 0).count());
    }
  }

  @Test
  void lookingUpIsTheProduct() {
    assumeTrue(Simd.hasTables(), "no 512-bit vectors here");
    LaneKernels<float[]> lanes = Simd.lanes32();
    for (int n : AWKWARD) {
      float[] k = new float[(n + 3) / 4 * 4 * n];
      double[] numbers = random(n * n, 8);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          k[i * n + j] = (float) (numbers[i * n + j] + numbers[j * n + i]);
        }
      }
      float[] g = floats(random(n, 9));
      float[] a = new float[BLOCK];
      double[] signs = random(BLOCK, 10);
      for (int r = 0; r < BLOCK; r++) {
        a[r] = signs[r] < 0 ? -1 : 1;
      }
      int rows = (n + 3) / 4 * 4;
      float[] z = java.util.Arrays.copyOf(floats(random(n * BLOCK, 11)), rows * BLOCK);
      float[] expected = z.clone();
      float[] expectedDelta = new float[rows * BLOCK];
      float[] s = new float[n * BLOCK];
      int[] all = IntStream.range(0, n).toArray();
      lanes.backward(all, n, 1, z, 0, a, 0, g, n, 1.0, true, s, 0);
      lanes.addRows(all, n, s, 0, expectedDelta, 0);
      lanes.multiplyAdd(rows, n, k, n, s, 0, expected, 0);

      float[] tables = new float[FloatTables.length(n)];
      int groups = FloatTables.groups(n);
      FloatTables.tabulate(n, k, n, g, tables, 0, groups / 2);
      FloatTables.tabulate(n, k, n, g, tables, groups / 2, groups);
      float[] delta = new float[rows * BLOCK];
      FloatTables.lookUp(n, tables, g, a, 0, true, new int[groups * BLOCK], z, delta, 0);
      assertArrayEquals(expectedDelta, delta);
      for (int i = 0; i < n * BLOCK; i++) {
        assertEquals(expected[i], z[i], 2e-5f * (1 + Math.abs(expected[i])) * n, "n = " + n);
      }
    }
  }

  private static float[] floats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }
}
