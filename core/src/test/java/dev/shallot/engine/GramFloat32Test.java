package dev.shallot.engine;

import dev.shallot.engine.gram.GramEngine;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingPlanBuilder;

class GramFloat32Test extends EngineContract {
  @Override
  TrainingEngine open(EngineSetup setup) {
    return GramEngine.open(setup);
  }

  @Override
  double tolerance() {
    return 1e-3;
  }

  @Override
  TrainingPlanBuilder configure(TrainingPlanBuilder plan) {
    return plan.precision(Precision.FLOAT32).threads(2);
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
