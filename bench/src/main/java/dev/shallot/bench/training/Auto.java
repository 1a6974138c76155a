package dev.shallot.bench.training;

import dev.shallot.engine.EngineChoice;
import dev.shallot.engine.EngineSetup;
import dev.shallot.network.Initialization;
import dev.shallot.plan.Precision;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;

/** What {@code --engine auto} takes: it is not measured again under another name. */
final class Auto {
  private Auto() {}

  /** DENSE or GRAM. */
  static Who takes(Case sizes, int threads) {
    TrainingPlan plan =
        TrainingPlan.builder(sizes.width(), sizes.law())
            .aggregation(sizes.aggregation())
            .localSteps(sizes.localSteps())
            .precision(Precision.FLOAT32)
            .threads(threads)
            .build();
    EngineSetup setup =
        new EngineSetup(
            plan,
            new StepSizes(1.0, 1.0, ""),
            Initialization.NTK.draw(1.0, sizes.width(), sizes.features(), sizes.outputs(), 0),
            sizes.data().draw(sizes.samples(), sizes.features(), sizes.outputs()));
    return switch (EngineChoice.of(setup).kind()) {
      case GRAM -> Who.GRAM;
      case DENSE -> Who.DENSE;
      case AUTO, REFERENCE, SPARK ->
          throw new IllegalStateException("auto takes neither dense nor gram at " + sizes);
    };
  }
}
