package dev.shallot.spectrum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TheoryException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EigenvaluesTest {

  @Test
  void theTextsKernelsHaveTheTextsEigenvalues() {
    // theory.md 2.1, inputs (1,0), (0,1), (0.6,0.8) and pairs of them.
    double a = 0.21144982940974;
    double b = 0.31806689412034667;
    assertArrayEquals(
        new double[] {0.28855017059026, 0.71144982940974},
        Eigenvalues.of(new double[] {0.5, a, a, 0.5}, 2),
        1e-13);
    assertArrayEquals(
        new double[] {0.11806076465912552, 0.5, 0.8819392353408746},
        Eigenvalues.of(new double[] {0.5, 0, a, 0, 0.5, b, a, b, 0.5}, 3),
        1e-13);
    assertArrayEquals(
        new double[] {0.0, 1.0}, Eigenvalues.of(new double[] {0.5, 0.5, 0.5, 0.5}, 2), 1e-15);
    assertArrayEquals(
        new double[] {0.5, 0.5}, Eigenvalues.of(new double[] {0.5, 0, 0, 0.5}, 2), 0.0);
  }

  @Test
  void theSpectrumOfAStringIsKnown() {
    for (int n : new int[] {1, 2, 13, 25, 207, 702}) {
      double[] values = Eigenvalues.of(Matrices.laplacian(n), n);
      for (int k = 1; k <= n; k++) {
        assertEquals(Matrices.laplacianEigenvalue(n, k), values[k - 1], 1e-13, n + ": " + k);
      }
    }
  }

  @Test
  void numPyAgrees() {
    // numpy.linalg.eigvalsh of 1.0 / (1.0 + 0.25 * abs(i - j)), NumPy 2.4: smallest, second,
    // number n/2, largest but one, largest.
    double[] values = Eigenvalues.of(Matrices.decaying(207), 207);
    assertEquals(0.12149568073505035, values[0], 2e-14);
    assertEquals(0.12151505893060731, values[1], 2e-14);
    assertEquals(0.22862779587706897, values[103], 2e-14);
    assertEquals(15.71711526755972, values[205], 2e-13);
    assertEquals(24.756433951555863, values[206], 2e-13);
  }

  @Test
  void prescribedEigenvaluesComeBackMultipleOnesToo() {
    double[] d = new double[64];
    for (int k = 0; k < 64; k++) {
      d[k] = k / 4 - 3;
    }
    assertArrayEquals(d, Eigenvalues.of(Matrices.prescribed(d), 64), 1e-13);
  }

  @Test
  void vectorsAreOrthonormalAndBelongToTheirValues() {
    double[] d = {1, 1, 1, 1, 2, 2, 3, 5, 5, 5, 5, 5, 5, 5, 8, 9};
    for (double[] a : new double[][] {Matrices.prescribed(d), Matrices.random(25, 3)}) {
      int n = (int) Math.sqrt(a.length);
      Eigensystem system = Eigenvalues.withVectors(a, n);
      assertArrayEquals(Eigenvalues.of(a, n), system.values(), 1e-13);
      for (int k = 0; k < n; k++) {
        for (int l = 0; l < n; l++) {
          double product = 0.0;
          double image = 0.0;
          for (int i = 0; i < n; i++) {
            product += system.vectors()[k * n + i] * system.vectors()[l * n + i];
            image += a[l * n + i] * system.vectors()[k * n + i];
          }
          assertEquals(k == l ? 1.0 : 0.0, product, 1e-13);
          assertEquals(system.values()[k] * system.vectors()[k * n + l], image, 1e-13);
        }
      }
    }
  }

  @Test
  void scaleDoesNotMatter() {
    double[] a = Matrices.random(13, 4);
    double[] values = Eigenvalues.of(a, 13);
    for (double factor : new double[] {0x1p-670, 0x1p670, 0x1p-990, 0x1p990}) {
      double[] expected = Arrays.stream(values).map(value -> value * factor).toArray();
      assertArrayEquals(expected, Eigenvalues.of(Matrices.scaled(a, factor), 13), 0.0);
    }
    assertEquals(
        3e-200, Eigenvalues.of(Matrices.scaled(new double[] {1, 2, 2, 1}, 1e-200), 2)[1], 1e-214);
    assertEquals(
        3e200, Eigenvalues.of(Matrices.scaled(new double[] {1, 2, 2, 1}, 1e200), 2)[1], 1e186);
    assertEquals(Double.MIN_VALUE, Eigenvalues.of(new double[] {Double.MIN_VALUE}, 1)[0]);
    assertArrayEquals(new double[5], Eigenvalues.of(new double[25], 5), 0.0);
  }

  @Test
  void whatIsNotFiniteIsRefusedByPosition() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      double[] a = Matrices.laplacian(100);
      a[70 * 100 + 3] = bad;
      assertRefused(a, 100, "entry (70, 3) of the 100 x 100 matrix is " + bad);
      a[3 * 100 + 70] = bad;
      assertRefused(a, 100, "entry (70, 3) of the 100 x 100 matrix is " + bad);
      a[70 * 100 + 3] = 0.0;
      assertRefused(a, 100, "entry (3, 70) of the 100 x 100 matrix is " + bad);
    }
    assertRefused(new double[] {0x1p1001}, 1, "divide the matrix by a power of two");
  }

  @Test
  void whatIsNotSymmetricIsRefusedByPositionAndSize() {
    double[] a = Matrices.laplacian(100);
    a[70 * 100 + 3] = 0.25;
    assertRefused(a, 100, "entry (70, 3) is 0.25 and entry (3, 70) is 0.0: they differ by 0.25");
    assertRefused(new double[6], 2, "n is 2 and there are 6");
    assertRefused(new double[0], 0, "n >= 1");
    a[70 * 100 + 3] = Math.ulp(0.0);
    SymmetricMatrix.mirrorLowerTriangle(a, 100);
    assertEquals(Math.ulp(0.0), a[3 * 100 + 70]);
    assertEquals(100, Eigenvalues.of(a, 100).length);
  }

  private static void assertRefused(double[] a, int n, String what) {
    String message =
        String.valueOf(
            assertThrows(TheoryException.class, () -> Eigenvalues.of(a, n)).getMessage());
    assertTrue(message.contains(what), message);
  }
}
