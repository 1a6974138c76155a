package dev.shallot.lemma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.bound.MaskMoments;
import dev.shallot.bound.NoiseTerms;
import dev.shallot.bound.Theorem4;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import org.junit.jupiter.api.Test;

/** L-17, L-22 to L-24: what local steps do, in plain loops. */
class DynamicsLemmasTest {
  private static final int N = 4;
  private static final int D = 3;
  private static final double[] X = {1, 0, 0, .6, .8, 0, 0, .6, .8, .48, .6, .64};
  private static final double[] Y = {.5, -.25, .75, -.5};

  /** Local steps of one subnet; returns weights, and outputs after each step in {@code outputs}. */
  private static double[] train(
      Micro net, MaskSet masks, int l, double eta, int tau, double[][] outputs) {
    double[] w = net.w().clone();
    for (int t = 0; t <= tau; t++) {
      Micro now = new Micro(N, D, net.m(), X, Y, w, net.a());
      double[] u = now.subnet(masks, l);
      outputs[t] = u;
      if (t == tau) {
        break;
      }
      double[] next = w.clone();
      for (int r = 0; r < net.m(); r++) {
        for (int i = 0; masks.holds(l, r) && i < N; i++) {
          double e = (u[i] - Y[i]) * net.a()[r] * now.active(r, i) / Math.sqrt(net.m());
          for (int k = 0; k < D; k++) {
            next[r * D + k] -= eta * e * X[i * D + k];
          }
        }
      }
      w = next;
    }
    return w;
  }

  private static Micro draw(int m, double kappa, long seed) {
    Network network = Initialization.NTK.draw(kappa, m, D, 1, seed);
    return Micro.of(network, X, Y);
  }

  /** Lemma 5 and its consequence on every path on which the local error does not rise. */
  @Test
  void localMovesAndOutputsStayNear() { // L-22, HYP-4'
    int m = 64;
    int tau = 6;
    double eta = 0.2;
    int seen = 0;
    for (long seed = 1; seed <= 10; seed++) {
      Micro net = draw(m, 1.0, seed);
      MaskSet masks = new MaskLaw.Bernoulli(2, .5).draw(seed, 0, m);
      double[] u = net.u(.5);
      for (int l = 0; l < 2; l++) {
        double[][] outputs = new double[tau + 1][];
        double[] w = train(net, masks, l, eta, tau, outputs);
        double first = Math.sqrt(Micro.squaredDistance(outputs[0], Y));
        boolean falls = true;
        for (int t = 0; t < tau; t++) {
          falls &= Micro.squaredDistance(outputs[t + 1], Y) <= Micro.squaredDistance(outputs[t], Y);
        }
        if (!falls) {
          continue;
        }
        seen++;
        for (int r = 0; r < m; r++) {
          double move = 0;
          for (int k = r * D; k < (r + 1) * D; k++) {
            move += (w[k] - net.w()[k]) * (w[k] - net.w()[k]);
          }
          assertTrue(Math.sqrt(move) <= eta * tau * Math.sqrt((double) N / m) * first);
        }
        double error = Micro.squaredDistance(u, Y);
        double spread = Micro.squaredDistance(u, outputs[0]);
        for (int t = 1; t <= tau; t++) {
          for (int i = 0; i < N; i++) {
            double off = outputs[t][i] - outputs[0][i];
            assertTrue(Math.abs(off) <= eta * t * Math.sqrt(N) * first, "seed " + seed);
            assertTrue(off * off <= 2 * eta * eta * t * t * N * (error + spread), "L-22");
          }
        }
      }
    }
    assertTrue(seen >= 15, seen + " paths");
  }

  /** One aggregated round, in plain loops. */
  private static double[] round(Micro net, MaskSet masks, double eta, int tau) {
    double[] next = net.w().clone();
    for (int l = 0; l < masks.subnets(); l++) {
      double[] w = train(net, masks, l, eta, tau, new double[tau + 1][]);
      for (int r = 0; r < net.m(); r++) {
        for (int k = r * D; masks.holds(l, r) && k < (r + 1) * D; k++) {
          next[k] += (w[k] - net.w()[k]) / masks.coverage(r);
        }
      }
    }
    return next;
  }

  /**
   * The part of the mean move that comes from outputs changing during local steps, E2_i: what tau
   * steps do beyond tau times the first one, before any activation flips.
   */
  @Test
  void theDriftDuringLocalSteps() { // L-23
    int m = 4;
    int p = 2;
    int tau = 4;
    double xi = 0.5;
    double eta = 1e-3;
    double kappa = 1.0;
    double theta = new MaskMoments(p, xi).coverage();
    for (long seed = 1; seed <= 5; seed++) {
      Micro net = draw(m, kappa, seed);
      double[] e2 = new double[N];
      Masks.bernoulli(
          p,
          m,
          xi,
          (masks, weight) -> {
            double[] all = new Micro(N, D, m, X, Y, round(net, masks, eta, tau), net.a()).u(xi);
            double[] one = new Micro(N, D, m, X, Y, round(net, masks, eta, 1), net.a()).u(xi);
            double[] u = net.u(xi);
            for (int i = 0; i < N; i++) {
              e2[i] += weight * (all[i] - u[i] - tau * (one[i] - u[i])) / eta;
            }
          });
      double error = Math.sqrt(Micro.squaredDistance(net.u(xi), Y));
      double pc1 = p * NoiseTerms.c1(new NoiseTerms.Inputs(N, D, m, p, xi, tau, kappa, 1, eta));
      double bound =
          eta * xi * tau * (tau - 1) * Math.pow(N, 1.5) / 2 * (theta * error + Math.sqrt(pc1));
      for (int i = 0; i < N; i++) {
        assertTrue(Math.abs(e2[i]) <= bound, "seed " + seed + ": " + e2[i] + " > " + bound);
      }
    }
  }

  /**
   * E||u_{k+1} - u_k||^2 against the order of L-24; the constant 17 is not ours, so 33 is taken.
   */
  @Test
  void aRoundMovesTheOutputsByNoMoreThanItsOrder() { // L-24
    int m = 4;
    int p = 2;
    int tau = 3;
    double xi = 0.5;
    double kappa = 1.0;
    double lambda = 0.05;
    double eta = lambda / (48 * N * tau * Math.max(N, p));
    double theta = new MaskMoments(p, xi).coverage();
    for (long seed = 1; seed <= 5; seed++) {
      Micro net = draw(m, kappa, seed);
      double[] moved = new double[1];
      Masks.bernoulli(
          p,
          m,
          xi,
          (masks, weight) -> {
            double[] after = new Micro(N, D, m, X, Y, round(net, masks, eta, tau), net.a()).u(xi);
            moved[0] += weight * Micro.squaredDistance(after, net.u(xi));
          });
      double error = Micro.squaredDistance(net.u(xi), Y);
      double c1 = NoiseTerms.c1(new NoiseTerms.Inputs(N, D, m, p, xi, tau, kappa, lambda, eta));
      double n3 = Math.pow(N, 3);
      double order =
          eta * theta * tau * lambda / 4 * error
              + 33 * eta * eta * xi * xi * tau * tau * theta * (theta - xi * xi) * n3 / p
              + eta * eta * xi * xi * lambda * (tau - 1) * (tau - 1) * p * N * c1;
      assertTrue(moved[0] <= order, "seed " + seed + ": " + moved[0] + " > " + order);
    }
  }

  /**
   * E15, a documented negative test: the published Lemma 15 would have the left side fall with m,
   * and below 0.0041 at m = 10^4 (n = d = 1, y = 0, kappa = 1, p = 2, tau = 1, eta = 0.1, gamma =
   * 0.5). In the lazy limit it is (1/4) (1 - (1 - eta/4)^2) kappa^2/2 = 0.00617 for every m.
   */
  @Test
  void theCrossTermOfLemma15HasNoZeroMean() { // L-17
    double eta = .1;
    double limit = .25 * (1 - (1 - eta / 4) * (1 - eta / 4)) / 2;
    for (int m : new int[] {1000, 10_000}) {
      double sum = 0;
      double squares = 0;
      double local = 0;
      int draws = 800;
      for (int draw = 0; draw < draws; draw++) {
        double[] iota = crossTerm(m, eta, draw);
        sum += iota[0];
        squares += iota[0] * iota[0];
        local += iota[1];
      }
      double mean = sum / draws;
      double sigma = Math.sqrt((squares / draws - mean * mean) / draws);
      assertEquals(limit, mean, 4 * sigma, "m = " + m);
      double claimed =
          eta * .5 * .25 / 4 * local / draws + Theorem4.noise(eta, 1, 2, 1, 1, 1, m, .25, .5);
      if (m == 10_000) {
        assertTrue(mean - 4 * sigma > claimed, mean + " +- " + sigma + " against " + claimed);
      }
    }
  }

  /** (D_0^2 - D_1^2)/4 of one draw, and the sum of both local errors. */
  private static double[] crossTerm(int m, double eta, int draw) {
    CounterRandom weights = new CounterRandom(17, RandomStream.HIDDEN_WEIGHTS, draw, m);
    CounterRandom signs = new CounterRandom(17, RandomStream.OUTPUT_WEIGHTS, draw, m);
    CounterRandom owners = new CounterRandom(17, RandomStream.MASKS, draw, m);
    double[] w = new double[m];
    double[] f = new double[2];
    for (int r = 0; r < m; r++) {
      w[r] = weights.gaussian(r);
      f[owners.below(2, r)] += signs.sign(r) * Math.max(0, w[r]) / Math.sqrt(m);
    }
    double[] g = new double[2];
    for (int r = 0; r < m; r++) {
      int l = owners.below(2, r);
      double moved = w[r] - (w[r] >= 0 ? eta / Math.sqrt(m) * signs.sign(r) * f[l] : 0.0);
      g[l] += signs.sign(r) * Math.max(0, moved) / Math.sqrt(m);
    }
    double before = f[0] - f[1];
    double after = g[0] - g[1];
    return new double[] {(before * before - after * after) / 4, f[0] * f[0] + f[1] * f[1]};
  }

  /**
   * E16, a documented negative test: the introduction says that the bias of the mean step falls
   * with the number of subnets. It is theta (1-xi)/m sum_i x_i relu, and grows.
   */
  @Test
  void theBiasOfTheMeanStepGrowsWithTheNumberOfSubnets() {
    Micro net = Micro.golden();
    double before = 0;
    for (int p = 1; p <= 4; p++) {
      double[] mean = new double[6];
      Masks.bernoulli(
          p,
          3,
          Micro.XI,
          (masks, weight) -> {
            double[] g = net.aggregatedGradient(masks);
            for (int j = 0; j < 6; j++) {
              mean[j] += weight * g[j];
            }
          });
      double theta = new MaskMoments(p, Micro.XI).coverage();
      double[] u = net.u(Micro.XI);
      double bias = 0;
      for (int r = 0; r < 3; r++) {
        for (int k = 0; k < 2; k++) {
          double gradient = 0;
          double expected = 0;
          for (int i = 0; i < 2; i++) {
            double xik = net.x()[2 * i + k];
            gradient +=
                Micro.XI / Math.sqrt(3) * net.a()[r] * (u[i] - net.y()[i]) * xik * net.active(r, i);
            expected += theta * (1 - Micro.XI) / 3 * xik * net.s(r, i);
          }
          double off = mean[2 * r + k] - theta / Micro.XI * gradient;
          assertEquals(expected, off, 1e-12, "L-5, p = " + p);
          bias += off * off;
        }
      }
      assertTrue(bias > before, "p = " + p);
      before = bias;
    }
  }

  /** T2a: dev sqrt(m) is constant within a quarter; theory.md 2.3 calibrates it so. */
  @Test
  void maskedKernelsTendToTheirLimitLikeOneOverRootWidth() {
    double[] x = new double[8 * 6];
    CounterRandom random = new CounterRandom(23, RandomStream.SYNTHETIC_FEATURES);
    for (int i = 0; i < 8; i++) {
      double square = 0;
      for (int k = 0; k < 6; k++) {
        x[i * 6 + k] = random.gaussian(i * 6 + k);
        square += x[i * 6 + k] * x[i * 6 + k];
      }
      for (int k = 0; k < 6; k++) {
        x[i * 6 + k] /= Math.sqrt(square);
      }
    }
    dev.shallot.kernel.Samples samples = new dev.shallot.kernel.Samples(x, 8, 6);
    double[] scaled = new double[3];
    int[] widths = {500, 2000, 8000};
    for (int w = 0; w < 3; w++) {
      for (int draw = 0; draw < 40; draw++) {
        scaled[w] += deviation(samples, widths[w], draw) * Math.sqrt(widths[w]) / 40;
      }
    }
    for (double one : scaled) {
      assertEquals(1.0, one / scaled[1], 0.25, java.util.Arrays.toString(scaled));
    }
  }

  private static double deviation(dev.shallot.kernel.Samples samples, int m, long draw) {
    dev.shallot.engine.Team team = dev.shallot.engine.Team.ALONE;
    Network network = Initialization.NTK.draw(1.0, m, 6, 1, draw);
    MaskSet masks = new MaskLaw.Bernoulli(1, .5).draw(draw, 0, m);
    double[] off =
        dev.shallot.kernel.TangentKernel.masked(
                samples,
                network,
                dev.shallot.kernel.Activations.of(samples, network, true, team),
                masks,
                0)
            .form(team);
    double[] limit = dev.shallot.kernel.TangentKernel.infinite(samples, 1, .5).form(team);
    for (int i = 0; i < off.length; i++) {
      off[i] -= limit[i];
    }
    double[] values = dev.shallot.spectrum.Eigenvalues.of(off, 8);
    return Math.max(-values[0], values[7]);
  }
}
