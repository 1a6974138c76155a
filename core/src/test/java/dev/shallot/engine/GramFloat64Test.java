package dev.shallot.engine;

import dev.shallot.engine.gram.GramEngine;
import dev.shallot.training.Precision;
import dev.shallot.training.TrainingPlanBuilder;

class GramFloat64Test extends EngineContract {
  @Override
  TrainingEngine open(EngineSetup setup) {
    return GramEngine.open(setup);
  }

  @Override
  double tolerance() {
    return 1e-9;
  }

  @Override
  TrainingPlanBuilder configure(TrainingPlanBuilder plan) {
    return plan.precision(Precision.FLOAT64).threads(2);
  }
}
