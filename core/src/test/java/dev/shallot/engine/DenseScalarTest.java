package dev.shallot.engine;

import dev.shallot.engine.dense.DenseEngine;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.TrainingPlanBuilder;

/** The dense engine as it runs where the Vector API is not there. */
class DenseScalarTest extends EngineContract {
  @Override
  TrainingEngine open(EngineSetup setup) {
    return DenseEngine.open(setup, Simd.scalarFloat64());
  }

  @Override
  double tolerance() {
    return 1e-9;
  }

  @Override
  TrainingPlanBuilder configure(TrainingPlanBuilder plan) {
    return plan.threads(3);
  }
}
