package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.EngineSetup;
import dev.shallot.network.DrawnNetwork;

/** What this engine cannot do; said before anything is started. */
final class Refusals {
  private Refusals() {}

  static void check(EngineSetup setup) {
    if (!(setup.start() instanceof DrawnNetwork)) {
      throw new TrainingException(
          "engine spark draws the initial weights where the neurons live, so they must come from a"
              + " law (init ntk, lecun, he or glorot), not from a file: use engine dense");
    }
  }
}
