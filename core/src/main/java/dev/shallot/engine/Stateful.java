package dev.shallot.engine;

import java.io.IOException;

/** What can be saved between two rounds and restored in another process. */
@FunctionalInterface
public interface Stateful {

  /**
   * Hands out all that later rounds depend on, or takes it in; always the same pieces in the same
   * order.
   *
   * @throws IOException if the other side fails; a state that was being restored is useless then
   */
  void exchange(StateExchange state) throws IOException;
}
