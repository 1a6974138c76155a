package dev.shallot.golden;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.engine.gram.GramEngine;
import dev.shallot.plan.Precision;

class GramFloat32GoldensTest extends PublishedGoldens {

  @Override
  public TrainingEngine open(EngineSetup setup) {
    return GramEngine.open(setup);
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public double tolerance() {
    return 2e-5;
  }
}
