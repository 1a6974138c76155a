package dev.shallot.engine.dense;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.reference.ReferenceEngine;

/** Placeholder. */
public final class DenseEngine {
  private DenseEngine() {}

  /** Opens. */
  public static TrainingEngine open(EngineSetup setup) {
    return new ReferenceEngine(setup);
  }
}
