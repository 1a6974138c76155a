package dev.shallot.engine;

import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.engine.reference.ReferenceEngine;

/** Opens the engine that a plan asks for. */
public final class Engines {
  private Engines() {}

  /** An engine with the network and the data loaded; the caller closes it. */
  public static TrainingEngine open(EngineSetup setup) {
    return switch (setup.plan().engine()) {
      case REFERENCE -> new ReferenceEngine(setup);
      case AUTO, DENSE -> DenseEngine.open(setup);
    };
  }
}
