package dev.shallot.spectrum;

import dev.shallot.numeric.TriangleKernels;

/**
 * v^T B v / v^T v, which is never below the smallest eigenvalue, with its rounding.
 *
 * @param value rho, computed
 * @param high no smaller than the exact quotient of the computed v, so no smaller than lambda_min
 * @param residual ||B v - rho v|| / ||v||, computed
 */
record RayleighQuotient(double value, double high, double residual) {

  /**
   * Of a vector. With w the computed B v, m = {@link Rounding#dotRoundings} and S = |v|^T |B| |v|:
   * every w_i is wrong by at most gamma_m (|B| |v|)_i, and so v^T w, computed, by at most gamma_2m
   * S in all. S is computed too, which costs a second pass over the matrix.
   */
  static RayleighQuotient of(double[] vector, MatrixProduct matrix, TriangleKernels kernels) {
    int size = vector.length;
    double[] image = new double[size];
    matrix.applyAbsolute(vector, image);
    double absolute = kernels.absoluteDot(size, vector, 0, image, 0);
    matrix.apply(vector, image);
    double numerator = kernels.dot(size, vector, 0, image, 0);
    double denominator = kernels.dot(size, vector, 0, vector, 0);

    long roundings = Rounding.dotRoundings(size);
    double above = numerator + Rounding.raised(Rounding.gamma(2 * roundings + 2) * absolute);
    double slack = Rounding.gamma(roundings + 2);
    double high =
        above / (above >= 0.0 ? denominator * (1.0 - slack) : denominator * (1.0 + slack));
    high = Math.nextUp(high + 4.0 * Rounding.UNIT * Math.abs(high));

    double value = numerator / denominator;
    kernels.addScaled(size, -value, vector, 0, image, 0);
    double residual = LanczosRun.norm(image, kernels) / Math.sqrt(denominator);
    return new RayleighQuotient(value, high, residual);
  }
}
