package dev.shallot.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.numeric.TriangleKernels;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Run once for each vector width, see the module's pom. */
class CholeskyTest {
  private static final int[] AWKWARD = {1, 2, 13, 24, 25, 120, 207, 241, 702};

  private static double entry(PanelFactor factor, int i, int k) {
    int rows = TriangleKernels.ROWS;
    return factor.panels()[TriangleKernels.start(i / rows) + k * rows + i % rows];
  }

  /** The order of every sum, entry by entry: what the blocks must amount to. */
  private static double[] textbook(double[] a, int n) {
    double[] l = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double value = a[i * n + j];
        int block = j / TriangleKernels.ROWS * TriangleKernels.ROWS;
        for (int k0 = 0; k0 < block; k0 += PanelFactor.PIECE) {
          double sum = 0.0;
          for (int k = k0; k < Math.min(block, k0 + PanelFactor.PIECE); k++) {
            sum = Math.fma(l[i * n + k], l[j * n + k], sum);
          }
          value -= sum;
        }
        for (int k = block; k < j; k++) {
          value = Math.fma(l[i * n + k], -l[j * n + k], value);
        }
        l[i * n + j] = i == j ? Math.sqrt(value) : value / l[j * n + j];
      }
    }
    return l;
  }

  @Test
  void blocksAndThreadsAndVectorsGiveTheTextbooksBits() {
    for (int n : AWKWARD) {
      double[] a = Matrices.decaying(n);
      double[] expected = textbook(a, n);
      for (TriangleKernels kernels :
          new TriangleKernels[] {TriangleKernels.inForce(), TriangleKernels.scalar()}) {
        for (int threads : new int[] {1, 2, 7}) {
          PanelFactor factor = new PanelFactor(n, kernels);
          try (WorkerPool pool = new WorkerPool(threads)) {
            assertEquals(-1, factor.factor(a, Scale.ONE, 0.0, pool));
          }
          for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
              double found = entry(factor, i, j);
              if (expected[i * n + j] != found) {
                assertEquals(expected[i * n + j], found, n + ": " + i + ", " + j);
              }
            }
          }
        }
        if (n > 300) {
          break; // the scalar code takes a while
        }
      }
    }
  }

  @Test
  void solutionsHaveTheSameBitsForAllThreadsAndKernels() {
    for (int n : new int[] {1, 25, 207, 702}) {
      double[] a = Matrices.decaying(n);
      double[] b = Matrices.random(n, 1);
      PanelFactor factor = new PanelFactor(n, TriangleKernels.scalar());
      PanelFactor same = new PanelFactor(n, TriangleKernels.inForce());
      assertEquals(-1, same.factor(a, Scale.ONE, 0.0, Team.ALONE));
      System.arraycopy(same.panels(), 0, factor.panels(), 0, same.panels().length);
      TriangularSolve solver = new TriangularSolve(factor);
      double[] expected = solver.allocate();
      System.arraycopy(b, 0, expected, 0, n);
      solver.solve(expected, Team.ALONE);
      for (int threads : new int[] {1, 2, 7}) {
        double[] x = solver.allocate();
        System.arraycopy(b, 0, x, 0, n);
        try (WorkerPool pool = new WorkerPool(threads)) {
          new TriangularSolve(same).solve(x, pool);
        }
        assertArrayEquals(expected, x, "n = " + n + ", threads = " + threads);
      }
    }
  }

  /** Exact arithmetic looks at the rounding that {@link Rounding} bounds. */
  @Test
  void theFactorsErrorIsWithinItsProvenBound() {
    int n = 61;
    for (double[] a : new double[][] {Matrices.decaying(n), Matrices.kernel(n, 4, 0, 5)}) {
      PanelFactor factor = new PanelFactor(n, TriangleKernels.inForce());
      assertEquals(-1, factor.factor(a, Scale.ONE, 0.0, Team.ALONE));
      double gamma = Rounding.gamma(Rounding.choleskyRoundings(n));
      double most = 0.0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          BigDecimal sum = new BigDecimal(a[i * n + j]).negate();
          double absolute = 0.0;
          for (int k = 0; k <= j; k++) {
            double left = entry(factor, i, k);
            double right = entry(factor, j, k);
            sum = sum.add(new BigDecimal(left).multiply(new BigDecimal(right)));
            absolute += Math.abs(left * right);
          }
          most = Math.max(most, sum.abs().doubleValue() / (gamma * absolute));
        }
      }
      assertTrue(most <= 1.0, "error / bound " + most);
      assertTrue(most > 1e-3, "the bound has nothing to do with the error: " + most);
    }
  }

  @Test
  void solvesAgreeWithMpmath() {
    // mpmath 1.3, 40 digits, of the rounded matrix: lu_solve(A, y), y^T x, log(det(A)).
    int n = 25;
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = (7 * i) % 11 - 5;
    }
    double[] kept = y.clone();
    Cholesky cholesky = Cholesky.factor(Matrices.decaying(n), n, Team.ALONE);
    double[] x = cholesky.solve(y, Team.ALONE);
    assertEquals(-18.24152729243853, x[0], 1e-12);
    assertEquals(22.654699578244575, x[1], 1e-12);
    assertEquals(-22.096962597912327, x[2], 1e-12);
    assertEquals(1457.240685149918, cholesky.quadraticForm(y, Team.ALONE), 1e-10);
    assertEquals(-24.800385659797435, cholesky.logDeterminant(), 1e-13);
    assertArrayEquals(kept, y);
    assertEquals(n, x.length);
    assertEquals(n, cholesky.size());
  }

  @Test
  void aSolutionSolves() {
    for (int n : AWKWARD) {
      double[] a = Matrices.laplacian(n);
      double[] b = new double[n];
      b[0] = 1.0; // x_i = 1 - (i + 1) / (n + 1)
      double[] x = Cholesky.factor(a, n, Team.ALONE).solve(b, Team.ALONE);
      for (int i = 0; i < n; i++) {
        assertEquals(1.0 - (i + 1.0) / (n + 1.0), x[i], 1e-11, n + ": " + i);
      }
      double[] ridged = Cholesky.factor(a, n, 2.0, Team.ALONE).solve(b, Team.ALONE);
      assertEquals(1.0, 4.0 * ridged[0] - (n > 1 ? ridged[1] : 0.0), 1e-14);
    }
  }

  @Test
  void aMatrixThatIsNotPositiveDefiniteIsRefusedByItsPivot() {
    for (int n : new int[] {1, 25, 300}) {
      for (int bad : new int[] {0, n / 2, n - 1}) {
        double[] a = Matrices.shifted(new double[n * n], n, 1.0);
        a[bad * n + bad] = -0.5;
        String message =
            String.valueOf(
                assertThrows(TheoryException.class, () -> Cholesky.factor(a, n, Team.ALONE))
                    .getMessage());
        assertTrue(message.contains("row %d (of %d".formatted(bad, n)), message);
        assertTrue(message.contains("is -0.5"), message);
      }
    }
    double[] a = Matrices.laplacian(30);
    a[29 * 30 + 2] = Double.NaN;
    assertThrows(TheoryException.class, () -> Cholesky.factor(a, 30, Team.ALONE));
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    Cholesky cholesky = Cholesky.factor(Matrices.laplacian(5), 5, Team.ALONE);
    assertThrows(TheoryException.class, () -> cholesky.solve(new double[4], Team.ALONE));
    assertThrows(TheoryException.class, () -> cholesky.quadraticForm(new double[6], Team.ALONE));
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheNumberAndTheWayOut() {
    assertEquals(401_601_024L, Cholesky.bytes(10_000));
    String message =
        String.valueOf(
            assertThrows(
                    TheoryException.class,
                    () -> MemoryNeed.check("this", 800_000_000L, 400_000_000L, 1_000_000_000L))
                .getMessage());
    assertEquals(
        "this needs 0.40 GB beside the matrix of 0.80 GB, but the JVM may use 1.00 GB in all;"
            + " start it with -Xmx2g or more, or take fewer rows",
        message);
    MemoryNeed.check("this", 800_000_000L, 100_000_000L, 1_000_000_000L);
  }
}
