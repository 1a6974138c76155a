package dev.shallot.engine;

import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import java.util.Optional;

/**
 * A network in training as it stands between two rounds. Asking changes nothing, and costs the less
 * the less is asked for: an engine that works in sample space knows activations and displacements
 * without its weights. Good until the next round.
 *
 * <p>All of them throw a {@link dev.shallot.TrainingException} if the weights are not finite.
 */
public interface NetworkView {

  /** A copy of the network, in float64 whatever the engine's precision. */
  Network network();

  /**
   * The network without the need to have it in memory as a whole. Unlike the rest of a view it
   * stays good.
   */
  default NetworkRows rows() {
    return network();
  }

  /**
   * Which neuron is active on which sample, as training sees it: a row of ceil(m/64) words a
   * sample, neuron r in bit r mod 64 of word r div 64. Empty from an engine that would have to
   * compute pre-activations for it.
   */
  default Optional<long[]> activations() {
    return Optional.empty();
  }

  /**
   * ||w_r - w_{0,r}||^2 of the m neurons, or more numbers. Empty from an engine that would have to
   * compare weights for it.
   */
  default Optional<double[]> squaredDisplacements() {
    return Optional.empty();
  }
}
