package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The kernels of Cholesky's factorisation. The build runs this class once for each vector width,
 * see the module's pom.
 */
class TriangleKernelsTest {
  private static final int ROWS = TriangleKernels.ROWS;
  private static final int BLOCK = TriangleKernels.BLOCK;
  private static final int[] AWKWARD = {0, 1, 13, 25, 120, 207};

  private final TriangleKernels inForce = TriangleKernels.inForce();
  private final TriangleKernels scalar = TriangleKernels.scalar();

  private static double[] random(int length, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    return IntStream.range(0, length).mapToDouble(random::gaussian).toArray();
  }

  @Test
  void panelsHoldTheLowerTriangleOneBehindTheOther() {
    int at = 0;
    for (int panel = 0; panel < 50; panel++) {
      assertEquals(at, TriangleKernels.start(panel));
      at += ROWS * ROWS * (panel + 1);
    }
    assertEquals(0, TriangleKernels.panels(0));
    assertEquals(1, TriangleKernels.panels(24));
    assertEquals(2, TriangleKernels.panels(25));
  }

  @Test
  void anUpdateSubtractsOneChainOfFusedMultiplyAdds() {
    for (TriangleKernels kernels : new TriangleKernels[] {inForce, scalar}) {
      for (int depth : AWKWARD) {
        int rows = BLOCK;
        int columns = rows + depth * ROWS;
        double[] panels = random(columns + depth * ROWS, 1);
        double[] before = panels.clone();
        kernels.update(depth, panels, rows, columns, 0);
        for (int c = 0; c < ROWS; c++) {
          for (int r = 0; r < ROWS; r++) {
            double sum = 0.0;
            for (int k = 0; k < depth; k++) {
              sum = Math.fma(before[rows + k * ROWS + r], before[columns + k * ROWS + c], sum);
            }
            before[c * ROWS + r] -= sum;
          }
        }
        assertArrayEquals(before, panels, kernels.description() + " depth " + depth);
      }
    }
  }

  @Test
  void allProvidersGiveTheScalarCodesBits() {
    double[] blocks = random(2 * BLOCK, 2);
    for (int i = 0; i < ROWS; i++) {
      blocks[i * ROWS + i] = 5.0 + i;
    }
    double[] expected = blocks.clone();
    scalar.solve(expected, 0, BLOCK);
    inForce.solve(blocks, 0, BLOCK);
    assertArrayEquals(expected, blocks, "solve");

    for (int depth : AWKWARD) {
      double[] panels = random(depth * ROWS + 1, 3);
      double[] y = random(depth + 3, 4);
      double[] out = random(ROWS + 2, 5);
      double[] expectedOut = out.clone();
      scalar.forward(depth, panels, 1, y, 3, expectedOut, 2);
      inForce.forward(depth, panels, 1, y, 3, out, 2);
      assertArrayEquals(expectedOut, out, "forward " + depth);

      double[] x = random(depth + 1, 6);
      double[] z = random(depth + 2, 7);
      assertEquals(scalar.dot(depth, x, 1, z, 2), inForce.dot(depth, x, 1, z, 2));
      assertEquals(scalar.absoluteDot(depth, x, 1, z, 2), inForce.absoluteDot(depth, x, 1, z, 2));
      double[] expectedZ = z.clone();
      scalar.addScaled(depth, -0.3, x, 1, expectedZ, 2);
      inForce.addScaled(depth, -0.3, x, 1, z, 2);
      assertArrayEquals(expectedZ, z, "addScaled " + depth);
    }

    double[] triangle = random(TriangleKernels.start(5), 8);
    double[] x = random(5 * ROWS, 9);
    double[] out = random(5 * ROWS, 10);
    for (int columns : new int[] {0, 1, 13, 48}) {
      double[] expectedOut = out.clone();
      scalar.backward(2, 3, triangle, x, 0, columns, expectedOut);
      inForce.backward(2, 3, triangle, x, 0, columns, out);
      assertArrayEquals(expectedOut, out, "backward " + columns);
    }
  }

  @Test
  void backwardSubtractsTheProductWithTheTranspose() {
    double[] triangle = random(TriangleKernels.start(3), 11);
    double[] x = random(3 * ROWS, 12);
    double[] out = new double[3 * ROWS];
    inForce.backward(1, 2, triangle, x, 3, 17, out);
    for (int k = 0; k < out.length; k++) {
      double sum = 0.0;
      for (int i = ROWS; i < 3 * ROWS && k >= 3 && k < 20; i++) {
        int at = TriangleKernels.start(i / ROWS) + k * ROWS + i % ROWS;
        sum -= triangle[at] * x[i];
      }
      assertEquals(sum, out[k], 1e-13, "column " + k);
    }
  }

  @Test
  void aBlockIsTheProductOfItsFactorWithItself() {
    double[] block = new double[BLOCK];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < ROWS; j++) {
        block[j * ROWS + i] = Math.min(i, j) + 1.0; // L is all ones
      }
    }
    assertEquals(-1, TriangleKernels.factor(block, 0));
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < ROWS; j++) {
        assertEquals(i >= j ? 1.0 : 0.0, block[j * ROWS + i], i + ", " + j);
      }
    }
  }

  @Test
  void theFirstPivotThatIsNotAboveZeroIsNamed() {
    for (double bad : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] block = new double[BLOCK];
      for (int i = 0; i < ROWS; i++) {
        block[i * ROWS + i] = i == 17 ? bad : 2.0;
      }
      assertEquals(17, TriangleKernels.factor(block, 0), "pivot " + bad);
    }
  }
}
