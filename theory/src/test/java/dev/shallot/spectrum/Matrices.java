package dev.shallot.spectrum;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/** Symmetric matrices for tests, most of them with a spectrum that is known exactly. */
final class Matrices {
  private Matrices() {}

  /** 2 on the diagonal, -1 beside it: {@link #laplacianEigenvalue}. */
  static double[] laplacian(int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      a[i * n + i] = 2.0;
      if (i > 0) {
        a[i * n + i - 1] = -1.0;
        a[(i - 1) * n + i] = -1.0;
      }
    }
    return a;
  }

  /** 2 - 2 cos(k pi / (n + 1)) = 4 sin^2(k pi / (2 (n + 1))), k = 1 .. n. */
  static double laplacianEigenvalue(int n, int k) {
    double sine = StrictMath.sin(k * StrictMath.PI / (2.0 * (n + 1)));
    return 4.0 * sine * sine;
  }

  /** a_ij = 1 / (1 + |i - j| / 4), exact in Java and NumPy alike up to one rounding. */
  static double[] decaying(int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i * n + j] = 1.0 / (1.0 + 0.25 * Math.abs(i - j));
      }
    }
    return a;
  }

  /** a_ij = 1 / (i + j + 1), counted from 0, rounded. */
  static double[] hilbert(int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i * n + j] = 1.0 / (i + j + 1);
      }
    }
    return a;
  }

  /**
   * H diag(d) H / n with Sylvester's matrix H of +-1, n a power of two: exact for whole numbers d
   * below 2^40, so its eigenvalues are d exactly.
   */
  static double[] prescribed(double[] d) {
    int n = d.length;
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0.0;
        for (int k = 0; k < n; k++) {
          sum += Integer.bitCount(k & (i ^ j)) % 2 == 0 ? d[k] : -d[k];
        }
        a[i * n + j] = sum / n;
        a[j * n + i] = sum / n;
      }
    }
    return a;
  }

  /** Gaussian entries. */
  static double[] random(int n, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * n + j] = random.gaussian(i * n + j);
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }

  /**
   * The infinite tangent kernel of random unit rows, rho (pi - arccos rho) / (2 pi), of which the
   * last so many are copies of the first.
   */
  static double[] kernel(int n, int features, int copies, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[n * features];
    for (int i = 0; i < n; i++) {
      double norm = 0.0;
      for (int k = 0; k < features; k++) {
        x[i * features + k] = random.gaussian(i * features + k);
        norm += x[i * features + k] * x[i * features + k];
      }
      for (int k = 0; k < features; k++) {
        x[i * features + k] /= Math.sqrt(norm);
      }
    }
    System.arraycopy(x, 0, x, (n - copies) * features, copies * features);
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rho = 0.0;
        for (int k = 0; k < features; k++) {
          rho += x[i * features + k] * x[j * features + k];
        }
        rho = i == j || i - j == n - copies ? 1.0 : Math.clamp(rho, -1.0, 1.0);
        a[i * n + j] = rho * (StrictMath.PI - StrictMath.acos(rho)) / (2.0 * StrictMath.PI);
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }

  static double[] scaled(double[] a, double factor) {
    double[] b = a.clone();
    for (int i = 0; i < b.length; i++) {
      b[i] *= factor;
    }
    return b;
  }

  static double[] shifted(double[] a, int n, double shift) {
    double[] b = a.clone();
    for (int i = 0; i < n; i++) {
      b[i * n + i] += shift;
    }
    return b;
  }
}
