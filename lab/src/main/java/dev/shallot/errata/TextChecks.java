package dev.shallot.errata;

import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Aggregation;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/** Checks of lemmas and notation. */
final class TextChecks {
  private TextChecks() {}

  /** E1: the printed gradient beside differences of the loss, with and without the half. */
  static Shown half() {
    double h = 1e-6;
    double[] up = MicroNetwork.W.clone();
    double[] down = MicroNetwork.W.clone();
    up[0] += h;
    down[0] -= h;
    double slope = (loss(up) - loss(down)) / (2 * h);
    // The step of a full mask with eta = 1 is minus the printed gradient.
    double[] after =
        MicroNetwork.step(MaskSet.of(3, new int[][] {{0, 1, 2}}), 1.0, Aggregation.COVERAGE_MEAN);
    double printed = MicroNetwork.W[0] - after[0];
    return new Shown.Builder()
        .number("printed gradient, entry (1, 1)", printed)
        .number("slope of 1/2 ||y - f||^2", slope / 2)
        .number("slope of ||y - f||^2", slope)
        .require(Math.abs(printed - slope / 2) < 1e-8)
        .build();
  }

  private static double loss(double[] w) {
    double[] u = MicroNetwork.u(w);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      double e = u[i] / MicroNetwork.XI - MicroNetwork.DATA.y()[i];
      sum += e * e;
    }
    return sum;
  }

  /** E3. */
  static Shown labelBound() {
    double c = 0.5;
    return new Shown.Builder()
        .number("C = 0.5, which C >= 0 allows: |y| must not exceed", c - 1)
        .number("C = 1, the least that admits a label: |y| must not exceed", 0.0)
        .require(c - 1 < 0)
        .build();
  }

  /** E4 and E6: how many of m neurons can flip, and how many cannot, beside the bound. */
  static Shown flips() {
    int m = 2000;
    double radius = 0.02;
    CounterRandom random = new CounterRandom(4, RandomStream.PROBES);
    int flips = 0;
    for (int r = 0; r < m; r++) {
      flips += Math.abs(random.gaussian(r)) <= radius ? 1 : 0;
    }
    double bound = 4 * m * radius;
    return new Shown.Builder()
        .number("m = 2000, kappa = 1, R = 0.02: neurons that can flip", flips)
        .number("neurons that cannot", m - flips)
        .number("Lemma 16's bound 4 m R/kappa", bound)
        .line("the bound is about those that can: the published set has lost its negation")
        .require(flips <= bound && m - flips > bound)
        .build();
  }

  /** E5: ten fair signs, all of them +1. */
  static Shown hoeffding() {
    double truth = Math.pow(0.5, 10);
    double published = Math.exp(-2 * 10.0);
    double corrected = Math.exp(-2 * 10.0 / 4);
    return new Shown.Builder()
        .number("P(mean of 10 fair signs +-1 is 1)", truth)
        .number("published bound for |X_i| <= 1, exp(-2 n t^2), t = 1", published)
        .number("right for intervals of length 2, exp(-n t^2/2)", corrected)
        .line("where it is used the variables lie in intervals of length 1, and it is right")
        .require(truth > published && truth <= corrected)
        .build();
  }

  /** E7. */
  static Shown negativeProbability() {
    double md = 4 * 8;
    return new Shown.Builder()
        .number("m = 8, d = 4: published, 1 - exp(md/32)", 1 - Math.exp(md / 32))
        .number("1 - exp(-md/32)", 1 - Math.exp(-md / 32))
        .require(1 - Math.exp(md / 32) < 0)
        .build();
  }

  /** E9: a two-valued Z with P(Z > EZ/sqrt(s)) > s. */
  static Shown markov() {
    double s = 0.01;
    double q = 0.05;
    return new Shown.Builder()
        .line("Z = 1 with probability 0.05, else 0; s = delta/(2K) = 0.01")
        .number("published threshold, E[Z]/sqrt(s)", q / Math.sqrt(s))
        .number("P(Z above it), claimed to be at most s = 0.01", q)
        .number("with the root mean square, sqrt(E[Z^2]/s), P(Z above it)", 0.0)
        .require(1 > q / Math.sqrt(s) && q > s && 1 <= Math.sqrt(q / s))
        .build();
  }

  /** E14: the bias of the mean first step over all masks, beside both forms of Lemma 7. */
  static Shown missingIndicator() {
    Shown.Builder out = new Shown.Builder();
    double eta = 1e-5;
    double[] moved = new double[2];
    double[] u = MicroNetwork.u(MicroNetwork.W);
    MicroNetwork.everyMask(
        2,
        (masks, weight) -> {
          double[] next = MicroNetwork.u(MicroNetwork.step(masks, eta, Aggregation.COVERAGE_MEAN));
          for (int i = 0; i < 2; i++) {
            moved[i] += weight * (next[i] - u[i]) / eta;
          }
        });
    double theta = 0.64;
    double[][] h = {{0.4 * 2 / 3, 0.16}, {0.16, 0.4}};
    for (int i = 0; i < 2; i++) {
      double drift = 0;
      for (int j = 0; j < 2; j++) {
        drift -= theta * h[i][j] * (u[j] - MicroNetwork.DATA.y()[j]);
      }
      double truth = drift - moved[i];
      double with = lemma7(i, theta, true);
      double without = lemma7(i, theta, false);
      String at = "sample %d: ".formatted(i + 1);
      out.number(at + "bias of the mean step, over all 64 masks", truth);
      out.number(at + "Lemma 7 with the indicator 1{<w_r, x_i> >= 0}", with);
      out.number(at + "as published, without it", without);
      out.require(Math.abs(truth - with) < 1e-5);
      out.require(i == 1 || Math.abs(without - truth) > 1e-3);
    }
    return out.line("for sample 2 all neurons are active, so both agree").build();
  }

  private static double lemma7(int i, double theta, boolean indicator) {
    double sum = 0;
    double[] x = MicroNetwork.DATA.x();
    for (int r = 0; r < 3; r++) {
      if (indicator && MicroNetwork.z(MicroNetwork.W, r, i) < 0) {
        continue;
      }
      for (int j = 0; j < 2; j++) {
        double inner = x[2 * i] * x[2 * j] + x[2 * i + 1] * x[2 * j + 1];
        sum += MicroNetwork.A[r] * inner * Math.max(0, MicroNetwork.z(MicroNetwork.W, r, j));
      }
    }
    double xi = MicroNetwork.XI;
    return theta * xi * (1 - xi) / Math.pow(3, 1.5) * sum;
  }

  /** E23: neurons that are never zeroed in 20 rounds of the released code's rule. */
  static Shown zeroing() {
    Shown.Builder out = new Shown.Builder();
    int m = 1000;
    for (int p : new int[] {1, 4}) {
      MaskLaw law = new MaskLaw.Bernoulli(p, 0.3);
      boolean[] dead = new boolean[m];
      for (long k = 0; k < 20; k++) {
        MaskSet masks = law.draw(0, k, m);
        for (int r = 0; r < m; r++) {
          dead[r] |= masks.coverage(r) == 0;
        }
      }
      int alive = 0;
      for (boolean one : dead) {
        alive += one ? 0 : 1;
      }
      out.number("p = %d, xi = 0.3: of 1000 neurons alive after 20 rounds".formatted(p), alive);
      out.number(
          "p = %d, xi = 0.3: expected, 1000 theta^20".formatted(p),
          m * Math.pow(law.coverageProbability(), 20));
      out.require(alive < m / 2);
    }
    return out.line("by Algorithm 1 as published all 1000 live: a neuron nobody holds stays")
        .build();
  }
}
