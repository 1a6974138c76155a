package dev.shallot.spectrum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.engine.WorkerPool;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import dev.shallot.spectrum.EigenvalueInterval.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtremeEigenvaluesTest {
  private static EigenvalueInterval smallest(double[] a, int n) {
    return ExtremeEigenvalues.smallest(a, n, Team.ALONE);
  }

  private static EigenvalueInterval largest(double[] a, int n) {
    return ExtremeEigenvalues.largest(a, n, Team.ALONE);
  }

  /** The eigenvalue is known, but for its own rounding. */
  private static void assertHolds(
      EigenvalueInterval interval, double eigenvalue, double rounding, String what) {
    assertTrue(
        interval.low() <= eigenvalue + rounding && eigenvalue - rounding <= interval.high(),
        what + ": " + eigenvalue + " is not in " + interval);
    assertTrue(
        interval.low() <= interval.estimate() && interval.estimate() <= interval.high(),
        what + ": " + interval);
  }

  private static double norm(double[] a) {
    return Math.sqrt(Arrays.stream(a).map(entry -> entry * entry).sum());
  }

  @Test
  void exactlyKnownSpectraAreInTheirIntervals() {
    for (long seed = 1; seed <= 40; seed++) {
      CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
      int n = 1 << random.below(8, 0);
      int spread = 1 << random.below(20, 1);
      double[] d = new double[n];
      for (int k = 0; k < n; k++) {
        // Every other seed has negative eigenvalues; small spreads have multiple ones.
        d[k] = random.below(spread, 2 + k) - (seed % 2) * (spread / 2) + seed % 3;
      }
      double[] a = Matrices.prescribed(d);
      String what = "seed " + seed + ", n = " + n;
      double min = Arrays.stream(d).min().orElseThrow();
      double max = Arrays.stream(d).max().orElseThrow();
      EigenvalueInterval bottom = smallest(a, n);
      EigenvalueInterval top = largest(a, n);
      assertHolds(bottom, min, 0.0, what);
      assertHolds(top, max, 0.0, what);
      double size = Math.max(Math.abs(min), Math.abs(max));
      double allowed = 1e-15 * (n + 10) * (n + 10) * size;
      assertTrue(bottom.width() <= allowed, what + ": " + bottom);
      assertTrue(top.width() <= allowed, what + ": " + top);
    }
  }

  @Test
  void theStringsEndsAreInTheirIntervals() {
    for (int n : new int[] {1, 2, 13, 25, 207, 702}) {
      double[] a = Matrices.laplacian(n);
      double low = Matrices.laplacianEigenvalue(n, 1);
      double high = Matrices.laplacianEigenvalue(n, n);
      assertHolds(smallest(a, n), low, 4 * Math.ulp(low), "n = " + n);
      assertHolds(largest(a, n), high, 4 * Math.ulp(high), "n = " + n);
    }
  }

  @Test
  void digitsOfMpmathAreInTheirIntervals() {
    // mpmath 1.3, eigsy with 40 digits, of the matrices as rounded to float64.
    assertHolds(smallest(Matrices.decaying(13), 13), "0.1231012207356367299307926");
    assertHolds(largest(Matrices.decaying(13), 13), "7.235221476173998833325146");
    assertHolds(smallest(Matrices.decaying(25), 25), "0.1219277216369790445377694");
    assertHolds(largest(Matrices.decaying(25), 25), "10.53534080554106663432481");
    assertHolds(smallest(Matrices.hilbert(3), 3), "0.002687340355773521816525463");
    assertHolds(smallest(Matrices.hilbert(6), 6), "0.0000001082799484481101042331537");
    assertHolds(smallest(Matrices.hilbert(10), 10), "1.093252433497455222041437e-13");
    // Rounding the entries made it indefinite; the interval cannot tell, but must not deny it.
    assertHolds(smallest(Matrices.hilbert(14), 14), "-6.316543999983033985889003e-18");
    assertHolds(largest(Matrices.hilbert(14), 14), "1.830594695920393812085018");
  }

  private static void assertHolds(EigenvalueInterval interval, String digits) {
    BigDecimal eigenvalue = new BigDecimal(digits);
    assertTrue(
        new BigDecimal(interval.low()).compareTo(eigenvalue) <= 0
            && new BigDecimal(interval.high()).compareTo(eigenvalue) >= 0,
        digits + " is not in " + interval);
  }

  @Test
  void numPysDigitsAreInTheirIntervals() {
    // numpy.linalg.eigvalsh of 1.0 / (1.0 + 0.25 * abs(i - j)), NumPy 2.4.
    EigenvalueInterval bottom = smallest(Matrices.decaying(702), 702);
    assertHolds(bottom, 0.12148978440375358, 1e-13, "702");
    assertTrue(bottom.relativeWidth() < 1e-9, bottom.toString());
    assertEquals(Method.SHIFT_AND_INVERT, bottom.method());
    assertTrue(bottom.factorisations() <= 4, bottom.toString());
    assertHolds(largest(Matrices.decaying(702), 702), 34.15189332291229, 1e-13, "702");
  }

  @Test
  void intervalsAgreeWithAllEigenvaluesOfRandomMatrices() {
    int[] sizes = {2, 3, 5, 13, 25, 60, 100, 207};
    for (long seed = 1; seed <= 24; seed++) {
      int n = sizes[(int) (seed % sizes.length)];
      double[] a = seed <= 12 ? Matrices.random(n, seed) : Matrices.kernel(n, 6, 0, seed);
      double rounding = 4 * n * Math.ulp(norm(a));
      double[] all = Eigenvalues.of(a, n);
      String what = "seed " + seed + ", n = " + n;
      assertHolds(smallest(a, n), all[0], rounding, what);
      assertHolds(largest(a, n), all[n - 1], rounding, what);
      assertTrue(smallest(a, n).width() < 1e-11 * norm(a), what);
      assertEquals(all[0], ExtremeEigenvalues.smallestEstimate(a, n, Team.ALONE), rounding, what);
    }
  }

  @Test
  void anEstimateOfZeroIsZeroButForRounding() {
    for (long seed = 1; seed <= 8; seed++) {
      int n = 13 * (int) seed;
      double[] a = Matrices.kernel(n, 6, 1 + (int) seed, seed);
      double estimate = ExtremeEigenvalues.smallestEstimate(a, n, Team.ALONE);
      assertEquals(0.0, estimate, 4 * n * Math.ulp(norm(a)), "seed " + seed + ", n = " + n);
    }
    assertEquals(0.0, ExtremeEigenvalues.smallestEstimate(new double[9], 3, Team.ALONE));
    assertEquals(2.5, ExtremeEigenvalues.smallestEstimate(new double[] {2.5}, 1, Team.ALONE));
  }

  @Test
  void copiedRowsHaveTheEigenvalueZero() {
    for (long seed = 1; seed <= 8; seed++) {
      int n = seed < 5 ? 25 : 207;
      int copies = seed % 2 == 0 ? 1 : 9;
      double[] a = Matrices.kernel(n, 10, copies, seed);
      EigenvalueInterval bottom = smallest(a, n);
      String what = "seed " + seed + ": " + bottom;
      // (1, 0 .. 0, -1) is in the null space exactly, and no eigenvalue is below rounding.
      assertTrue(bottom.low() <= 0.0 && bottom.high() >= -1e-13, what);
      assertTrue(bottom.width() < 1e-11, what);
    }
    assertHolds(smallest(new double[] {0.5, 0.5, 0.5, 0.5}, 2), 0.0, 0.0, "duplicates");
    assertHolds(largest(new double[] {0.5, 0.5, 0.5, 0.5}, 2), 1.0, 0.0, "duplicates");
  }

  @Test
  void nothingIsClaimedBelowTheRoundingOfTheProof() {
    for (long seed = 1; seed <= 8; seed++) {
      int n = 100;
      double[] a = Matrices.kernel(n, 20, 0, seed);
      EigenvalueInterval bottom = smallest(a, n);
      double trace = 0.0;
      double largest = 0.0;
      for (int i = 0; i < n; i++) {
        trace += a[i * n + i] - bottom.high();
        largest = Math.max(largest, a[i * n + i] - bottom.high());
      }
      assertTrue(
          bottom.width() >= Rounding.choleskyAllowance(n, trace, largest),
          "seed " + seed + ": " + bottom);
    }
  }

  @Test
  void aMultipleOfTheIdentityAndAZeroMatrixAreNoTrouble() {
    for (int n : new int[] {1, 2, 25, 130}) {
      double[] identity = Matrices.shifted(new double[n * n], n, 3.0);
      assertHolds(smallest(identity, n), 3.0, 0.0, "n = " + n);
      assertHolds(largest(identity, n), 3.0, 0.0, "n = " + n);
      EigenvalueInterval zero = smallest(new double[n * n], n);
      assertEquals(new EigenvalueInterval(0, 0, 0, 0, Method.EXACT, 0, 0), zero);
      assertEquals(0.0, zero.relativeWidth());
      double[] negative = Matrices.shifted(new double[n * n], n, -3.0);
      assertHolds(smallest(negative, n), -3.0, 0.0, "n = " + n);
      assertHolds(largest(negative, n), -3.0, 0.0, "n = " + n);
    }
    assertEquals(-7.5, smallest(new double[] {-7.5}, 1).low());
    assertEquals(-7.5, largest(new double[] {-7.5}, 1).high());
  }

  @Test
  void scaleDoesNotMatter() {
    double[] a = Matrices.kernel(60, 10, 0, 1);
    EigenvalueInterval one = smallest(a, 60);
    for (double factor : new double[] {0x1p-670, 0x1p670, 0x1p-960, 0x1p960}) {
      EigenvalueInterval scaled = smallest(Matrices.scaled(a, factor), 60);
      assertEquals(one.low() * factor, scaled.low());
      assertEquals(one.high() * factor, scaled.high());
      assertEquals(one.residual() * factor, scaled.residual());
    }
    for (double factor : new double[] {1e-200, 1e200}) {
      double eigenvalue = Matrices.laplacianEigenvalue(25, 1) * factor;
      double[] scaled = Matrices.scaled(Matrices.laplacian(25), factor);
      assertHolds(smallest(scaled, 25), eigenvalue, 1e-15 * factor, "factor " + factor);
    }
    // Entries below the normal numbers: 3, 1, 1, 3 times the smallest double.
    double tiny = Double.MIN_VALUE;
    double[] smallestOfAll = {3 * tiny, tiny, tiny, 3 * tiny};
    assertHolds(smallest(smallestOfAll, 2), 2 * tiny, 0.0, "tiny");
    assertHolds(largest(smallestOfAll, 2), 4 * tiny, 0.0, "tiny");
  }

  @Test
  void theTeamDoesNotMatter() {
    int n = 311;
    double[] a = Matrices.kernel(n, 10, 0, 2);
    double[] kept = a.clone();
    EigenvalueInterval bottom = smallest(a, n);
    EigenvalueInterval top = largest(a, n);
    for (int threads : new int[] {2, 7}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        assertEquals(bottom, ExtremeEigenvalues.smallest(a, n, pool));
        assertEquals(top, ExtremeEigenvalues.largest(a, n, pool));
      }
    }
    assertTrue(Arrays.equals(kept, a), "the matrix was changed");
  }

  @Test
  void someOfEachEndAreThoseOfTheWholeSpectrum() {
    int n = 207;
    double[] a = Matrices.kernel(n, 12, 0, 3);
    double[] all = Eigenvalues.of(a, n);
    List<RitzPair> bottom = ExtremeEigenvalues.smallest(a, n, 5, Team.ALONE);
    List<RitzPair> top = ExtremeEigenvalues.largest(a, n, 5, Team.ALONE);
    for (int k = 0; k < 5; k++) {
      assertEquals(all[k], bottom.get(k).value(), 1e-13);
      assertEquals(all[n - 1 - k], top.get(k).value(), 1e-13);
      assertTrue(bottom.get(k).residual() < 1e-11, bottom.get(k).toString());
      assertTrue(top.get(k).residual() < 1e-10, top.get(k).toString());
    }
    assertEquals(
        25, ExtremeEigenvalues.smallest(Matrices.random(25, 1), 25, 25, Team.ALONE).size());
  }

  @Test
  void badMatricesAndCountsAreRefused() {
    double[] a = Matrices.laplacian(5);
    assertThrows(TheoryException.class, () -> ExtremeEigenvalues.smallest(a, 5, 6, Team.ALONE));
    assertThrows(TheoryException.class, () -> ExtremeEigenvalues.largest(a, 5, 0, Team.ALONE));
    a[3] = 1.0;
    assertThrows(TheoryException.class, () -> smallest(a, 5));
    a[3] = Double.NaN;
    assertThrows(TheoryException.class, () -> largest(a, 5));
  }
}
