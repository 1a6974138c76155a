package dev.shallot.lemma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import org.junit.jupiter.api.Test;

/** L-18 to L-21 by Monte Carlo with fixed seeds and a 4-sigma rule; theory.md 4.5. */
class GeometryLemmasTest {

  private static double[] sphere(int n, int d, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[n * d];
    for (int i = 0; i < n; i++) {
      double square = 0;
      for (int k = 0; k < d; k++) {
        x[i * d + k] = random.gaussian((long) i * d + k);
        square += x[i * d + k] * x[i * d + k];
      }
      for (int k = 0; k < d; k++) {
        x[i * d + k] /= Math.sqrt(square);
      }
    }
    return x;
  }

  private static double[] weights(int m, int d, double kappa, long seed, long draw) {
    CounterRandom random = new CounterRandom(seed, RandomStream.HIDDEN_WEIGHTS, draw, 0);
    double[] w = new double[m * d];
    for (int j = 0; j < w.length; j++) {
      w[j] = kappa * random.gaussian(j);
    }
    return w;
  }

  private static double z(double[] w, double[] x, int d, int r, int i) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      sum += w[r * d + k] * x[i * d + k];
    }
    return sum;
  }

  /** P(A_ir) = erf(R / (kappa sqrt 2)) <= 2R/(kappa sqrt(2 pi)) <= R/kappa. */
  @Test
  void theChanceThatANeuronCanFlip() { // L-18
    double[][] goldens = {{.01, .00797871}, {.1, .07965567}, {.5, .38292492}, {1, .68268949}};
    int m = 200_000;
    CounterRandom random = new CounterRandom(18, RandomStream.PROBES);
    for (double[] g : goldens) {
      int flips = 0;
      for (int r = 0; r < m; r++) {
        flips += Math.abs(random.gaussian(r)) <= g[0] ? 1 : 0;
      }
      double sigma = Math.sqrt(g[1] * (1 - g[1]) / m);
      assertEquals(g[1], flips / (double) m, 4 * sigma, "R/kappa = " + g[0]);
      assertTrue(g[1] <= 2 * g[0] / Math.sqrt(2 * Math.PI) + 1e-8);
      assertTrue(2 * g[0] / Math.sqrt(2 * Math.PI) <= g[0]);
    }
  }

  /** A move of length R can change the sign on x exactly when |<w, x>| <= R. */
  @Test
  void theFlipEventIsAboutTheWorstMove() { // L-18
    int d = 3;
    double[] x = sphere(4, d, 5);
    double[] w = weights(50, d, 1, 5, 0);
    double radius = 0.3;
    for (int r = 0; r < 50; r++) {
      for (int i = 0; i < 4; i++) {
        double before = z(w, x, d, r, i);
        double[] moved = w.clone();
        for (int k = 0; k < d; k++) {
          // Straight against its side of the hyperplane, a hair beyond.
          moved[r * d + k] -= Math.signum(before) * radius * (1 + 1e-12) * x[i * d + k];
        }
        boolean flips = before >= 0 != z(moved, x, d, r, i) >= 0;
        assertEquals(Math.abs(before) <= radius, flips, "neuron " + r + ", sample " + i);
      }
    }
  }

  /** |S-perp_i| <= 4 m R/kappa, and the norm of the kernel of those that can flip. */
  @Test
  void fewNeuronsCanFlip() { // L-19
    int m = 2000;
    int d = 6;
    int n = 8;
    double radius = 0.02;
    double xi = 0.5;
    double[] x = sphere(n, d, 19);
    double sum = 0;
    int most = 0;
    int draws = 60;
    for (int draw = 0; draw < draws; draw++) {
      double[] w = weights(m, d, 1, 19, draw);
      double square = 0;
      int[][] near = new int[n][];
      for (int i = 0; i < n; i++) {
        int[] found = new int[m];
        int count = 0;
        for (int r = 0; r < m; r++) {
          if (Math.abs(z(w, x, d, r, i)) <= radius) {
            found[count++] = r;
          }
        }
        near[i] = java.util.Arrays.copyOf(found, count);
        sum += count;
        most = Math.max(most, count);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double inner = 0;
          for (int k = 0; k < d; k++) {
            inner += x[i * d + k] * x[j * d + k];
          }
          int both = 0;
          for (int r : near[i]) {
            both += z(w, x, d, r, i) >= 0 && z(w, x, d, r, j) >= 0 ? 1 : 0;
          }
          double entry = xi / m * inner * both;
          square += entry * entry;
        }
      }
      assertTrue(Math.sqrt(square) <= 4 * n * xi * radius, "Lemma 17, Frobenius norm");
    }
    // Binomial(2000, .015957): mean 31.9, s.d. 5.6; all draws share points, so neurons count.
    double p = 0.0159567;
    double sigma = Math.sqrt(m * p * (1 - p) / draws);
    assertEquals(m * p, sum / draws / n, 4 * sigma, "mean of |S-perp|");
    assertTrue(most <= 4 * m * radius, "at most 160, was " + most);
  }

  /** P(sum_r <w_r, x_i>^2 <= 2 m kappa^2 - m R^2 for all i) >= 1 - n exp(-m/32), and ||W_0||. */
  @Test
  void initialWeightsAreNoLargerThanTheyShould() { // L-20
    int m = 300;
    int d = 5;
    int n = 6;
    double kappa = 0.6;
    double[] x = sphere(n, d, 20);
    double wide = kappa / Math.sqrt(2);
    double long2 = kappa * Math.sqrt(d / 32.0);
    int failed = 0;
    int failedNorm = 0;
    int draws = 300;
    for (int draw = 0; draw < draws; draw++) {
      double[] w = weights(m, d, kappa, 20, draw);
      boolean all = true;
      for (int i = 0; i < n; i++) {
        double square = 0;
        for (int r = 0; r < m; r++) {
          square += z(w, x, d, r, i) * z(w, x, d, r, i);
        }
        all &= square <= 2 * m * kappa * kappa - m * wide * wide;
      }
      failed += all ? 0 : 1;
      double norm = 0;
      for (double entry : w) {
        norm += entry * entry;
      }
      failedNorm +=
          Math.sqrt(norm) <= kappa * Math.sqrt(2.0 * m * d) - Math.sqrt(m) * long2 ? 0 : 1;
    }
    double allowed = n * Math.exp(-m / 32.0);
    assertTrue(failed <= draws * allowed + 4 * Math.sqrt(draws * allowed), failed + " failed");
    assertEquals(0, failedNorm, "allowed with probability exp(-47)");
  }

  /** The printed 1 - exp(+md/32) is no probability (E7). */
  @Test
  void thePrintedSignOfLemma22IsAMisprint() {
    assertTrue(1 - Math.exp(8 * 4 / 32.0) < 0);
    assertTrue(1 - Math.exp(-8 * 4 / 32.0) > 0);
  }

  /** E||y - u_0||^2 = ||y||^2 + n xi^2 kappa^2/2, and at most C^2 n. */
  @Test
  void theExpectedInitialError() { // L-21
    int n = 8;
    int d = 5;
    int m = 40;
    double kappa = 0.5;
    double xi = 0.5;
    double[] x = sphere(n, d, 21);
    double[] y = new double[n];
    CounterRandom labels = new CounterRandom(21, RandomStream.SYNTHETIC_LABELS);
    double norm = 0;
    for (int i = 0; i < n; i++) {
      y[i] = 2 * labels.uniform(i) - 1;
      norm += y[i] * y[i];
    }
    int draws = 4000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] w = weights(m, d, kappa, 21, draw);
      CounterRandom signs = new CounterRandom(21, RandomStream.OUTPUT_WEIGHTS, draw, 0);
      double error = 0;
      for (int i = 0; i < n; i++) {
        double u = 0;
        for (int r = 0; r < m; r++) {
          u += xi / Math.sqrt(m) * signs.sign(r) * Math.max(0, z(w, x, d, r, i));
        }
        error += (u - y[i]) * (u - y[i]);
      }
      sum += error;
      squares += error * error;
    }
    double mean = sum / draws;
    double sigma = Math.sqrt((squares / draws - mean * mean) / draws);
    assertEquals(norm + n * xi * xi * kappa * kappa / 2, mean, 4 * sigma);
    double c = 2; // |y| <= 1
    assertTrue(mean <= c * c * n);
  }
}
