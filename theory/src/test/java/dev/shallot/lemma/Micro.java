package dev.shallot.lemma;

import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;

/**
 * A small network in plain loops, as theory.md writes it: nothing here is shared with the engines.
 *
 * @param n samples
 * @param d features
 * @param m neurons
 * @param x n x d
 * @param y n
 * @param w m x d
 * @param a m signs
 */
record Micro(int n, int d, int m, double[] x, double[] y, double[] w, double[] a) {
  static final double XI = 0.4;

  /** The golden micro-network of theory.md 4.0. */
  static Micro golden() {
    return new Micro(
        2,
        2,
        3,
        new double[] {1, 0, 0.6, 0.8},
        new double[] {0.5, -0.25},
        new double[] {0.5, -0.25, -0.3, 0.4, 0.2, 0.7},
        new double[] {1, -1, 1});
  }

  static Micro of(Network network, double[] x, double[] y) {
    return new Micro(
        y.length,
        network.features(),
        network.width(),
        x,
        y,
        network.hiddenWeights(),
        network.outputWeights());
  }

  double inner(int i, int j) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      sum += x[i * d + k] * x[j * d + k];
    }
    return sum;
  }

  double z(int r, int i) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      sum += w[r * d + k] * x[i * d + k];
    }
    return sum;
  }

  /** s_ri = relu(<w_r, x_i>). */
  double s(int r, int i) {
    return Math.max(0, z(r, i));
  }

  double active(int r, int i) {
    return z(r, i) >= 0 ? 1 : 0;
  }

  double[] u(double xi) {
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < m; r++) {
        u[i] += xi / Math.sqrt(m) * a[r] * s(r, i);
      }
    }
    return u;
  }

  /** uhat^l. */
  double[] subnet(MaskSet masks, int l) {
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < m; r++) {
        u[i] += masks.holds(l, r) ? a[r] * s(r, i) / Math.sqrt(m) : 0.0;
      }
    }
    return u;
  }

  /** g_r = eta_r sum_l dL_l/dw_r, m x d. */
  double[] aggregatedGradient(MaskSet masks) {
    double[] g = new double[m * d];
    for (int l = 0; l < masks.subnets(); l++) {
      double[] u = subnet(masks, l);
      for (int r = 0; r < m; r++) {
        if (!masks.holds(l, r)) {
          continue;
        }
        for (int i = 0; i < n; i++) {
          double e = (u[i] - y[i]) * a[r] * active(r, i) / Math.sqrt(m) / masks.coverage(r);
          for (int k = 0; k < d; k++) {
            g[r * d + k] += e * x[i * d + k];
          }
        }
      }
    }
    return g;
  }

  /** phi_r = eta_r sum_l m^l_r uhat^l; zero where nobody holds r. */
  double[] mixing(MaskSet masks, int r) {
    double[] phi = new double[n];
    for (int l = 0; l < masks.subnets(); l++) {
      if (masks.holds(l, r)) {
        double[] u = subnet(masks, l);
        for (int i = 0; i < n; i++) {
          phi[i] += u[i] / masks.coverage(r);
        }
      }
    }
    return phi;
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
