package dev.shallot.engine;

import dev.shallot.engine.reference.ReferenceEngine;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.TrainingPlanBuilder;

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
