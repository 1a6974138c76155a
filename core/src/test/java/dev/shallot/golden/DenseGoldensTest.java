package dev.shallot.golden;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.dense.DenseEngine;

class DenseGoldensTest extends PublishedGoldens {

  @Override
  public TrainingEngine open(EngineSetup setup) {
    return DenseEngine.open(setup);
  }

  @Override
  public double tolerance() {
    return 1e-12;
  }
}
