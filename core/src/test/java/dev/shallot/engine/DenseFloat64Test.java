package dev.shallot.engine;

import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.plan.TrainingPlanBuilder;

class DenseFloat64Test extends EngineContract {
  @Override
  TrainingEngine open(EngineSetup setup) {
    return DenseEngine.open(setup);
  }

  @Override
  double tolerance() {
    return 1e-9;
  }

  @Override
  TrainingPlanBuilder configure(TrainingPlanBuilder plan) {
    return plan.threads(2);
  }
}
