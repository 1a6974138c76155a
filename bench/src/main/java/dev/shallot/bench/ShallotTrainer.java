package dev.shallot.bench;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Engines;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.TrainingEngine;
import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.EngineKind;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;

/** One of our engines, as the round loop drives it on rounds that nobody observes. */
final class ShallotTrainer implements Trainer {
  private final TrainingEngine engine;

  ShallotTrainer(Shape shape, Work work, EngineKind kind, Precision precision, int threads) {
    TrainingPlan plan =
        TrainingPlan.builder(shape.width, new MaskLaw.Bernoulli(work.subnets(), Shape.KEEP))
            .localSteps(work.localSteps())
            .stepSize(Shape.STEP_SIZE)
            .engine(kind)
            .precision(precision)
            .threads(threads)
            .build();
    StepSizes steps = new StepSizes(Shape.STEP_SIZE, Shape.STEP_SIZE, "given");
    engine = Engines.open(new EngineSetup(plan, steps, shape.network(), shape.data()));
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
  public void close() {
    engine.close();
  }
}
