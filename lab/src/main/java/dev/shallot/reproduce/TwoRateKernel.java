package dev.shallot.reproduce;

import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainedLayers;
import dev.shallot.spectrum.Eigenvalues;

/**
 * The kernel of both layers, K = eta_W (X X^T) o (D D^T) + eta_v Phi Phi^T, in units of the hidden
 * layer's step size; of the output layer alone in units of its own.
 */
final class TwoRateKernel {
  private TwoRateKernel() {}

  /**
   * n x n.
   *
   * @param ratio eta_v/eta_W
   */
  static double[] of(Samples samples, Network network, TrainedLayers trained, double ratio) {
    HiddenLayer layer = HiddenLayer.of(samples, network, true, Team.ALONE);
    double hidden = trained.hidden() ? 1.0 : 0.0;
    double output = trained.output() ? (trained.hidden() ? ratio : 1.0) : 0.0;
    return TangentKernel.twoRate(samples, layer, hidden, output, 1.0).form(Team.ALONE);
  }

  /** The largest eigenvalue. */
  static double largest(double[] kernel, int size) {
    return Eigenvalues.of(kernel, size)[size - 1];
  }

  /** The smallest eigenvalue. */
  static double smallest(double[] kernel, int size) {
    return Eigenvalues.of(kernel, size)[0];
  }
}
