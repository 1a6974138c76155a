package dev.shallot.spectrum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TheoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanczosTest {
  private static SymmetricOperator diagonal(double[] d) {
    return (vector, image) -> {
      for (int i = 0; i < d.length; i++) {
        image[i] = d[i] * vector[i];
      }
    };
  }

  private static double[] squares(int n, double factor) {
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = factor * i * i;
    }
    return d;
  }

  @Test
  void separatedEndsAreFound() {
    for (double factor : new double[] {1.0, -1.0, 1e-200, 1e200}) {
      double[] d = squares(300, factor);
      List<RitzPair> pairs =
          factor > 0
              ? Lanczos.largest(diagonal(d), 300, 3, 300)
              : Lanczos.smallest(diagonal(d), 300, 3, 300);
      for (int k = 0; k < 3; k++) {
        double expected = d[299 - k];
        assertEquals(expected, pairs.get(k).value(), 1e-12 * Math.abs(expected));
        assertTrue(pairs.get(k).residual() <= 1e-11 * Math.abs(expected));
      }
    }
  }

  @Test
  void anEigenvalueIsWithinTheResidualEvenWhenStoppedEarly() {
    double[] d = squares(300, 1.0);
    for (int steps = 1; steps <= 40; steps += 3) {
      for (RitzPair pair : Lanczos.largest(diagonal(d), 300, 1, steps)) {
        double distance = Double.POSITIVE_INFINITY;
        for (double eigenvalue : d) {
          distance = Math.min(distance, Math.abs(eigenvalue - pair.value()));
        }
        assertTrue(distance <= pair.residual() + 1e-9, steps + " steps: " + pair.value());
        assertTrue(pair.value() <= d[299] + 1e-9, steps + " steps: " + pair.value());
      }
    }
  }

  @Test
  void multipleEigenvaluesAllShowOnceSpaceIsExhausted() {
    double[] d = {1, 1, 1, 2, 2, 7, 7, 7, 7, 7};
    List<RitzPair> pairs = Lanczos.largest(diagonal(d), 10, 10, 10);
    for (int k = 0; k < 10; k++) {
      assertEquals(d[9 - k], pairs.get(k).value(), 1e-13);
      double norm = 0.0;
      for (double entry : pairs.get(k).vector()) {
        norm += entry * entry;
      }
      assertEquals(1.0, norm, 1e-13);
    }
    assertEquals(0.0, Lanczos.smallest(diagonal(new double[4]), 4, 4, 4).get(3).value());
  }

  @Test
  void fullReorthogonalisationShowsNoGhosts() {
    double[] d = new double[120];
    for (int i = 0; i < 120; i++) {
      d[i] = i < 119 ? i / 119.0 : 1e6;
    }
    LanczosRun run =
        new LanczosRun(
            diagonal(d),
            LanczosRun.randomVector(120, 0),
            dev.shallot.numeric.TriangleKernels.inForce());
    while (!run.complete()) {
      run.step();
    }
    double[] values = run.ritz().values();
    assertEquals(1e6, values[119], 1e-8);
    assertEquals(118 / 119.0, values[118], 1e-8);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    SymmetricOperator operator = diagonal(new double[3]);
    assertThrows(TheoryException.class, () -> Lanczos.largest(operator, 3, 0, 3));
    assertThrows(TheoryException.class, () -> Lanczos.largest(operator, 3, 4, 9));
    assertThrows(TheoryException.class, () -> Lanczos.smallest(operator, 3, 2, 1));
    assertThrows(
        TheoryException.class,
        () -> Lanczos.smallest(diagonal(new double[] {1, Double.NaN, 2}), 3, 1, 3));
  }
}
