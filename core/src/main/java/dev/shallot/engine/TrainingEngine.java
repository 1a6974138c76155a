package dev.shallot.engine;

import dev.shallot.network.Network;

/**
 * Computes rounds of Algorithm 1. It takes the network and the data once, when it is opened, and
 * holds the current network until {@link #network} asks for it. Not safe for several threads; it
 * may use several itself.
 */
public interface TrainingEngine extends AutoCloseable {

  /** One line for people: name, precision, vector width, threads. */
  String description();

  /** The whole network as it stands. */
  Measurement measure();

  /**
   * Samples nothing, trains and aggregates: each subnet takes tau local steps on its own copy of
   * its neurons, then the rows are combined.
   */
  RoundReport round(RoundTask task);

  /** A copy of the network as it stands, in float64 whatever the engine's precision. */
  Network network();

  /** Lets go of worker threads. */
  @Override
  void close();
}
