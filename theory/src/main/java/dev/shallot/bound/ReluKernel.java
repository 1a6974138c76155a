package dev.shallot.bound;

import dev.shallot.kernel.Samples;

/**
 * {@code K1_ij = E[relu(<g, x_i>) relu(<g, x_j>)] = ||x_i|| ||x_j|| (sin a + (pi - a) cos a) / (2
 * pi)}, g ~ N(0, I), a the angle between the samples: the covariance of outputs at initialisation
 * (Cho and Saul 2009).
 */
final class ReluKernel {
  private ReluKernel() {}

  /**
   * Writes K1.
   *
   * @param samples X
   * @param matrix receives n x n numbers
   */
  static void form(Samples samples, double[] matrix) {
    int n = samples.count();
    int d = samples.features();
    double[] x = samples.x();
    double[] norms = new double[n];
    for (int i = 0; i < n; i++) {
      norms[i] = Math.sqrt(dot(x, i, i, d));
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double scale = norms[i] * norms[j];
        double rho = scale == 0 ? 0.0 : Math.clamp(dot(x, i, j, d) / scale, -1.0, 1.0);
        double entry =
            scale
                * (Math.sqrt(1 - rho * rho) + rho * (Math.PI - StrictMath.acos(rho)))
                / (2 * Math.PI);
        matrix[i * n + j] = entry;
        matrix[j * n + i] = entry;
      }
    }
  }

  private static double dot(double[] x, int i, int j, int d) {
    double sum = 0.0;
    for (int k = 0; k < d; k++) {
      sum = Math.fma(x[i * d + k], x[j * d + k], sum);
    }
    return sum;
  }
}
