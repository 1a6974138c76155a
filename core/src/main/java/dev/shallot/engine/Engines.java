package dev.shallot.engine;

import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.engine.reference.ReferenceEngine;

/** Opens the engine that a plan asks for. */
public final class Engines {
  private Engines() {}

  /** An engine with the network and the data loaded; the caller closes it. */
  public static TrainingEngine open(EngineSetup setup) {
    return switch (EngineChoice.of(setup).kind()) {
      case REFERENCE -> new ReferenceEngine(setup);
      case GRAM -> GramEngine.open(setup);
      case AUTO, DENSE -> DenseEngine.open(setup);
    };
  }
}
