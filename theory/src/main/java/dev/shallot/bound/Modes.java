package dev.shallot.bound;

import dev.shallot.engine.Team;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.spectrum.Eigensystem;
import dev.shallot.spectrum.Eigenvalues;
import java.util.Arrays;

/**
 * The data in the eigenbasis of its infinite kernel without xi, v_1 .. v_n.
 *
 * @param eigenvalues n numbers, ascending
 * @param vectors n x n, row k the vector of eigenvalue k
 * @param labels (v_k . y)^2, summed over outputs
 * @param activations v_k^T K1 v_k with K1_ij = E[relu(&lt;g, x_i&gt;) relu(&lt;g, x_j&gt;)], g ~
 *     N(0, I), times the number of outputs
 * @param outputs c
 */
public record Modes(
    double[] eigenvalues, double[] vectors, double[] labels, double[] activations, int outputs) {

  /** Up to this n: vectors of all eigenvalues take a few seconds there. */
  public static final int MOST_SAMPLES = 2000;

  /** Computes them: about 10 n^3 flops. */
  static Modes of(Samples samples, double[] y, int outputs, Team team) {
    int n = samples.count();
    double[] kernel = TangentKernel.infinite(samples, 1, 1.0).form(team);
    Eigensystem system = Eigenvalues.withVectors(kernel, n);
    double[] k1 = kernel;
    ReluKernel.form(samples, k1);
    double[] activations = new double[n];
    team.run(n, (k, worker) -> activations[k] = outputs * quadratic(k1, system.vectors(), n, k));
    return new Modes(
        system.values(),
        system.vectors(),
        squares(system.vectors(), y, outputs),
        activations,
        outputs);
  }

  private static double quadratic(double[] matrix, double[] vectors, int n, int k) {
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
      double row = 0.0;
      for (int j = 0; j < n; j++) {
        row = Math.fma(matrix[i * n + j], vectors[k * n + j], row);
      }
      sum = Math.fma(vectors[k * n + i], row, sum);
    }
    return Math.max(0.0, sum);
  }

  /**
   * How much of a residual lies along each vector.
   *
   * @param residual n x c
   * @return (v_k . residual)^2, summed over outputs
   */
  public double[] squares(double[] residual) {
    return squares(vectors, residual, outputs);
  }

  private static double[] squares(double[] vectors, double[] values, int outputs) {
    int n = values.length / outputs;
    double[] squares = new double[n];
    for (int k = 0; k < n; k++) {
      for (int o = 0; o < outputs; o++) {
        double along = 0.0;
        for (int i = 0; i < n; i++) {
          along = Math.fma(vectors[k * n + i], values[i * outputs + o], along);
        }
        squares[k] += along * along;
      }
    }
    return squares;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Modes that
        && Arrays.equals(eigenvalues, that.eigenvalues)
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(activations, that.activations);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(eigenvalues);
  }
}
