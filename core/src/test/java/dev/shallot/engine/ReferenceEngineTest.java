package dev.shallot.engine;

import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.training.EngineKind;
import dev.shallot.training.TrainingPlanBuilder;

class ReferenceEngineTest extends EngineContract {
  @Override
  TrainingEngine open(EngineSetup setup) {
    return new ReferenceEngine(setup);
  }

  @Override
  double tolerance() {
    return 0.0;
  }

  @Override
  TrainingPlanBuilder configure(TrainingPlanBuilder plan) {
    return plan.engine(EngineKind.REFERENCE);
  }
}
