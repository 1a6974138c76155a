package dev.shallot.engine;

import dev.shallot.engine.gram.GramEngine;

/** The gram engine where it may not count. */
class GramSteppedFloat64Test extends GramFloat64Test {
  @Override
  TrainingEngine open(EngineSetup setup) {
    return GramEngine.stepByStep(setup);
  }

  @Override
  boolean knowsSmoothActivations() {
    return false;
  }

  @Override
  boolean knowsOtherSteps() {
    return false;
  }
}
