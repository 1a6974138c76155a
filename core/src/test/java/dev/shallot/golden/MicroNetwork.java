package dev.shallot.golden;

import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;

/** A network small enough to follow by hand: n = d = 2, m = 3, c = 1. */
final class MicroNetwork {
  private MicroNetwork() {}

  /** xi of the goldens that have Bernoulli masks. */
  static final double XI = 0.4;

  static TrainingData data() {
    return new TrainingData(2, 2, 1, new double[] {1, 0, 0.6, 0.8}, new double[] {0.5, -0.25});
  }

  static Network network() {
    return network(1 / Math.sqrt(3));
  }

  /** The network with another factor in front of the sum over neurons. */
  static Network network(double scale) {
    return new Network(
        3, 2, 1, new double[] {0.5, -0.25, -0.3, 0.4, 0.2, 0.7}, new double[] {1, -1, 1}, scale);
  }
}
