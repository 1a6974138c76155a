package dev.shallot.bench.training;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;

/** One of our engines, as the round loop drives it on rounds that nobody observes. */
final class ShallotTrainer implements Trainer {
  private final TrainingEngine engine;

  ShallotTrainer(Problem problem, EngineKind kind, Precision precision, int threads) {
    Case sizes = problem.sizes();
    TrainingPlan plan =
        TrainingPlan.builder(sizes.width(), sizes.law())
            .aggregation(sizes.aggregation())
            .localSteps(sizes.localSteps())
            .stepSize(problem.stepSize())
            .engine(kind)
            .precision(precision)
            .threads(threads)
            .build();
    StepSizes steps = new StepSizes(problem.stepSize(), problem.stepSize(), "given");
    engine = Engines.open(new EngineSetup(plan, steps, problem.network(), problem.data()));
  }

  @Override
  public void round(long round, MaskSet masks) {
    engine.round(new RoundTask(round, masks, false, false));
  }

  @Override
  public double[] hiddenWeights() {
    return engine.network().hiddenWeights();
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public void close() {
    engine.close();
  }
}
