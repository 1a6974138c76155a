package dev.shallot.bound;

import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.network.Activation;

/**
 * How curved the loss h = 1/2 ||r||^2 of both layers is at given weights [OURS, EXPL]. Its Hessian
 * is J^T J plus sum_i r_i times the Hessian of output i, which is a block a neuron, so with B the
 * largest |phi''|, L the largest |phi'|:
 *
 * <pre>
 *   ||Hessian||_2 &lt;= lambda_max(J J^T) + s B max_r ||v_r|| max_i ||r_i|| ||X||_2^2 + s L ||X||_2 ||r||
 * </pre>
 *
 * J J^T is the two-rate kernel with both rates 1. It is an upper bound at these weights and says
 * nothing of others. For ReLU B = 0, and it holds where no pre-activation is zero.
 *
 * @param tangent lambda_max(J J^T)
 * @param curvature s B max ||v_r|| max ||r_i|| ||X||^2
 * @param coupling s L ||X|| ||r||, by which one layer bends the other's gradient
 */
public record LocalSmoothness(double tangent, double curvature, double coupling) {

  /** Measures it; costs what the two-rate kernel costs. */
  public static LocalSmoothness at(
      Samples samples, double[] targets, HiddenLayer layer, Activation activation, Team team) {
    int c = layer.outputs();
    TangentKernel kernel = TangentKernel.twoRate(samples, layer, 1.0, 1.0, 1.0);
    double tangent = LayerSpectrum.ends(kernel.form(team), kernel.order(), team).largest();
    double[] answers = layer.answers();
    double[] residual = new double[answers.length];
    for (int i = 0; i < residual.length; i++) {
      residual[i] = answers[i] - targets[i];
    }
    double dataNormSquared = LayerSpectrum.dataNormSquared(samples, team);
    return new LocalSmoothness(
        tangent,
        layer.scale()
            * activation.largestCurvature()
            * longestRow(layer.weights(), c)
            * longestRow(residual, c)
            * dataNormSquared,
        layer.scale()
            * activation.largestSlope()
            * Math.sqrt(dataNormSquared)
            * LayerSpectrum.norm(residual));
  }

  private static double longestRow(double[] matrix, int columns) {
    double longest = 0.0;
    for (int row = 0; row < matrix.length; row += columns) {
      double sum = 0.0;
      for (int j = row; j < row + columns; j++) {
        sum = Math.fma(matrix[j], matrix[j], sum);
      }
      longest = Math.max(longest, Math.sqrt(sum));
    }
    return longest;
  }

  /** The bound on the Hessian. */
  public double bound() {
    return tangent + curvature + coupling;
  }
}
