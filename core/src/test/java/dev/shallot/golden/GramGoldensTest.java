package dev.shallot.golden;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.gram.GramEngine;

class GramGoldensTest extends PublishedGoldens {

  @Override
  public TrainingEngine open(EngineSetup setup) {
    return GramEngine.open(setup);
  }

  @Override
  public double tolerance() {
    return 1e-12;
  }
}
