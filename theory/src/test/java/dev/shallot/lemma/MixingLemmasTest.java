package dev.shallot.lemma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.bound.MaskMoments;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import org.junit.jupiter.api.Test;

/** L-4, L-11 to L-14 over every mask. Goldens: theory.md 4.3 and 4.6, from NumPy. */
class MixingLemmasTest {
  private static final double EXACT = 1e-12;
  private final Micro net = Micro.golden();

  @Test
  void theMixingFunctionHasItsMean() { // L-4
    for (int p = 1; p <= 3; p++) {
      double theta = new MaskMoments(p, Micro.XI).coverage();
      for (int r = 0; r < 3; r++) {
        double[] mean = new double[2];
        int neuron = r;
        Masks.bernoulli(
            p,
            3,
            Micro.XI,
            (masks, weight) -> {
              double[] phi = net.mixing(masks, neuron);
              mean[0] += weight * phi[0];
              mean[1] += weight * phi[1];
            });
        for (int i = 0; i < 2; i++) {
          double expected =
              theta * net.u(Micro.XI)[i]
                  + theta * (1 - Micro.XI) / Math.sqrt(3) * net.a()[r] * net.s(r, i);
          assertEquals(expected, mean[i], EXACT, "p = " + p + ", neuron " + r);
        }
      }
    }
  }

  @Test
  void theSpreadOfTheMixingFunctionGivenCoverage() { // L-11
    double[][] goldens = {
      {.07296, .063344, .082656},
      {.06774, .05572, .07986},
      {.06301714285714, .04882209523810, .07733028571429}
    };
    for (int p = 1; p <= 3; p++) {
      MaskMoments moments = new MaskMoments(p, Micro.XI);
      for (int r = 0; r < 3; r++) {
        double[] sum = new double[2];
        int neuron = r;
        Masks.bernoulli(
            p,
            3,
            Micro.XI,
            (masks, weight) -> {
              if (masks.coverage(neuron) > 0) {
                sum[0] += weight;
                sum[1] +=
                    weight * Micro.squaredDistance(net.mixing(masks, neuron), net.u(Micro.XI));
              }
            });
        double measured = sum[1] / sum[0];
        assertEquals(goldens[p - 1][r], measured, 6e-15, "p = " + p + ", neuron " + r);
        double formula = 0;
        for (int i = 0; i < 2; i++) {
          double others = 0;
          for (int q = 0; q < 3; q++) {
            others += q == r ? 0.0 : net.s(q, i) * net.s(q, i);
          }
          formula += (moments.nuVariance() * others + .36 * net.s(r, i) * net.s(r, i)) / 3;
        }
        assertEquals(formula, measured, EXACT, "the exact form");
      }
    }
  }

  @Test
  void theSpreadOfSubnetsSeenByANeuron() { // L-13
    double[][] goldens = {
      {.029184, .0253376, .0330624},
      {.0408576, .03547264, .04628736},
      {.04358144, .0378374826667, .049373184}
    };
    for (int p = 1; p <= 3; p++) {
      double e = new MaskMoments(p, Micro.XI).reciprocal();
      for (int r = 0; r < 3; r++) {
        double[] sum = new double[2];
        int neuron = r;
        Masks.bernoulli(
            p,
            3,
            Micro.XI,
            (masks, weight) -> {
              for (int l = 0; l < masks.subnets(); l++) {
                if (masks.holds(l, neuron)) {
                  int x = masks.coverage(neuron);
                  double far = Micro.squaredDistance(net.subnet(masks, l), net.u(Micro.XI));
                  sum[0] += weight * far / (x * (double) x);
                  sum[1] += weight * Math.sqrt(far) / x;
                }
              }
            });
        assertEquals(goldens[p - 1][r], sum[0], 6e-14, "p = " + p + ", neuron " + r);
        double formula = 0;
        for (int i = 0; i < 2; i++) {
          double others = 0;
          for (int q = 0; q < 3; q++) {
            others += q == r ? 0.0 : net.s(q, i) * net.s(q, i);
          }
          formula += e / 3 * (.24 * others + .36 * net.s(r, i) * net.s(r, i));
        }
        assertEquals(formula, sum[0], EXACT, "the exact form");
      }
    }
  }

  /** C1 / (n kappa^2) = 4 theta^2 (1 - xi) / p; theory.md prints .2648 for (10, .3), a slip. */
  @Test
  void theConstantC1() { // L-13
    double[][] goldens = {
      {1, .5, .5},
      {2, .5, .5625},
      {3, .5, .5104166667},
      {10, .3, .2644048044},
      {10, .8, .0799999836},
      {5, .1, .1207428769}
    };
    for (double[] g : goldens) {
      double theta = new MaskMoments((int) g[0], g[1]).coverage();
      assertEquals(g[2], 4 * theta * theta * (1 - g[1]) / g[0], 6e-11);
      dev.shallot.bound.NoiseTerms.Inputs in =
          new dev.shallot.bound.NoiseTerms.Inputs(7, 1, 1, g[0], g[1], 1, .5, 1, 1);
      assertEquals(g[2] * 7 / 4, dev.shallot.bound.NoiseTerms.c1(in), 1e-9);
    }
  }

  /** The published bounds of L-11, L-12, L-13 at Gaussian weights, masks enumerated. */
  @Test
  void thePublishedBoundsHoldAtGaussianWeights() { // L-11, L-12, L-13
    double kappa = 0.7;
    int n = 3;
    int d = 2;
    double[] x = {1, 0, .6, .8, 0, 1};
    double[] y = {.3, -.5, .8};
    for (long seed = 1; seed <= 4; seed++) {
      Network network = Initialization.NTK.draw(kappa, 4, d, 1, seed);
      Micro net = Micro.of(network, x, y);
      for (int p = 1; p <= 3; p++) {
        double xi = 0.5;
        double theta = new MaskMoments(p, xi).coverage();
        double[] u = net.u(xi);
        double error = Micro.squaredDistance(u, y);
        double[] squares = new double[4];
        double[] sizes = new double[4];
        Masks.bernoulli(
            p,
            4,
            xi,
            (masks, weight) -> {
              double[] g = net.aggregatedGradient(masks);
              for (int r = 0; r < 4; r++) {
                double square = g[2 * r] * g[2 * r] + g[2 * r + 1] * g[2 * r + 1];
                squares[r] += weight * square;
                sizes[r] += weight * Math.sqrt(square);
              }
            });
        double spread = (theta - xi * xi) / p;
        for (int r = 0; r < 4; r++) {
          double bound =
              2 * n * theta / 4 * error + 16 * theta * spread * n * n * kappa * kappa / 4;
          assertTrue(squares[r] <= bound, "L-12, seed " + seed + ", p = " + p);
          double first =
              theta * Math.sqrt(n) / 2 * Math.sqrt(error)
                  + 4 * n * kappa * Math.sqrt(theta * spread / 4);
          assertTrue(sizes[r] <= first, "L-12 without squares, seed " + seed + ", p = " + p);
        }
      }
    }
  }

  /** P-LAZY's first-order identity with its bias b, over all 64 masks; b is L-14 with all r. */
  @Test
  void theMeanFirstStepHasABiasOfKnownSize() { // L-14, P-LAZY
    double eta = 1e-5;
    double[] moved = new double[2];
    double[] u = net.u(Micro.XI);
    Masks.bernoulli(
        2,
        3,
        Micro.XI,
        (masks, weight) -> {
          double[] g = net.aggregatedGradient(masks);
          double[] w = net.w().clone();
          for (int j = 0; j < w.length; j++) {
            w[j] -= eta * g[j];
          }
          double[] next = new Micro(2, 2, 3, net.x(), net.y(), w, net.a()).u(Micro.XI);
          for (int i = 0; i < 2; i++) {
            moved[i] += weight * (next[i] - u[i]) / eta;
          }
        });
    assertArrayEquals(new double[] {-0.01751767, -0.09852497}, moved, 5e-9);
    double theta = new MaskMoments(2, Micro.XI).coverage();
    double[] b = new double[2];
    for (int i = 0; i < 2; i++) {
      for (int r = 0; r < 3; r++) {
        for (int j = 0; j < 2; j++) {
          b[i] +=
              theta
                  * Micro.XI
                  * (1 - Micro.XI)
                  / Math.pow(3, 1.5)
                  * net.a()[r]
                  * net.inner(i, j)
                  * net.s(r, j)
                  * net.active(r, i);
        }
      }
      double norm = 0;
      for (double entry : net.w()) {
        norm += entry * entry;
      }
      // The smallest kappa with ||W_0||_F <= kappa sqrt(2 m d), which the bound asks for.
      double kappa = Math.sqrt(norm / (2 * 3 * 2));
      double bound = theta * Micro.XI * (1 - Micro.XI) * 2 * kappa * Math.sqrt(2.0 * 2 / 3);
      assertTrue(Math.abs(b[i]) <= bound, "the bound of L-14");
    }
    assertArrayEquals(new double[] {0.03452646985797032, 0.031333953809459365}, b, 1e-15);
    double[][] h = {{0.26666666666666666, 0.16}, {0.16, 0.4}};
    for (int i = 0; i < 2; i++) {
      double drift = -b[i];
      for (int j = 0; j < 2; j++) {
        drift -= theta * h[i][j] * (u[j] - net.y()[j]);
      }
      assertEquals(drift, moved[i], 1e-9);
    }
  }
}
