package dev.shallot.golden;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.reference.ReferenceEngine;

class ReferenceGoldensTest extends PublishedGoldens {

  @Override
  public TrainingEngine open(EngineSetup setup) {
    return new ReferenceEngine(setup);
  }

  @Override
  public double tolerance() {
    return 1e-12;
  }
}
