package dev.shallot.bench.training;

import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.StepSizeRule;

/**
 * A case with its numbers drawn: the same for everybody who trains.
 *
 * @param sizes the case
 * @param data X and Y
 * @param network where everybody starts: the papers' initialisation, kappa = 1
 * @param stepSize eta: half of the stability limit, the rule that a run of ours uses by default
 */
record Problem(Case sizes, TrainingData data, Network network, double stepSize) {
  static final long SEED = 1;

  static Problem of(Case sizes) {
    TrainingData data = sizes.data().draw(sizes.samples(), sizes.features(), sizes.outputs());
    Network network =
        Initialization.NTK.draw(1.0, sizes.width(), sizes.features(), sizes.outputs(), SEED);
    TrainingPlan one =
        TrainingPlan.builder(sizes.width(), new MaskLaw.Bernoulli(1, sizes.keep()))
            .threads(Runtime.getRuntime().availableProcessors())
            .seed(SEED)
            .build();
    StepSizes steps = StepSizeRule.resolve(one, network, data);
    return new Problem(sizes, data, network, steps.hidden());
  }

  /** The masks of round k. */
  MaskSet masks(long round) {
    return sizes.law().draw(SEED, round, sizes.width());
  }
}
