package dev.shallot.engine.gram;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.RoundTask;
import dev.shallot.engine.SubnetShares;
import dev.shallot.engine.Team;
import dev.shallot.plan.TrainingPlan;

/**
 * Rounds whose every local step moves the pre-activations of the held neurons, for all plans.
 *
 * <p>Subnets are shared out among the workers by {@link SubnetShares}; the result is the same for
 * any number of threads.
 *
 * @param <A> array type
 */
final class SteppedRounds<A> {
  private final TrainingPlan plan;
  private final GramState<A> whole;
  private final GramCombiner<A> combiner;
  private final GramTrainer<A>[] trainers;

  SteppedRounds(SampleSpace<A> space, GramState<A> whole) {
    EngineSetup setup = space.setup();
    this.plan = setup.plan();
    this.whole = whole;
    this.combiner = new GramCombiner<>(space, plan.threads());
    BatchSchedule schedule = setup.batches(plan.localSteps());
    this.trainers = trainers(SubnetShares.trainers(plan));
    for (int i = 0; i < trainers.length; i++) {
      trainers[i] = new GramTrainer<>(space, schedule, plan.threads());
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A> GramTrainer<A>[] trainers(int count) {
    return new GramTrainer[count];
  }

  /** Takes a round; see {@link dev.shallot.engine.RoundReport} for the two arrays. */
  void round(RoundTask task, double[] stepErrors, double[] subnetErrors, Team team) {
    combiner.start();
    SubnetShares.round(
        task.masks().subnets(),
        trainers.length,
        team,
        (i, subnet, helpers) ->
            trainers[i].train(whole, task, subnet, helpers, stepErrors, subnetErrors),
        together -> combiner.add(trainers, together, team));
    combiner.finish(task.masks(), whole, team);
  }
}
