package dev.shallot.engine;

import java.io.IOException;
import java.util.Optional;

/**
 * Computes rounds of Algorithm 1. It takes the network and the data once, when it is opened, and
 * holds the current network until {@link NetworkView} asks for it. Not safe for several threads; it
 * may use several itself.
 */
public interface TrainingEngine extends NetworkView, Stateful, AutoCloseable {

  /** One line for people: name, precision, vector width, threads. */
  String description();

  /** The whole network as it stands. */
  Measurement measure();

  /**
   * Samples nothing, trains and aggregates: each subnet takes tau local steps on its own copy of
   * its neurons, then the rows are combined.
   */
  RoundReport round(RoundTask task);

  /**
   * Saves all that later rounds depend on, or restores it in an engine that was opened for the same
   * plan, step sizes, initial network and data; from there on it computes the same bits.
   */
  @Override
  void exchange(StateExchange state) throws IOException;

  /** What was moved between machines so far; empty from an engine that works on one. */
  default Optional<Traffic> traffic() {
    return Optional.empty();
  }

  /** Lets go of worker threads. */
  @Override
  void close();
}
