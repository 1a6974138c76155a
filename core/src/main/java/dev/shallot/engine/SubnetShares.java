package dev.shallot.engine;

import dev.shallot.plan.TrainingPlan;

/**
 * How a round's subnets are shared out among the workers: each worker trains one subnet at a time
 * by itself, as long as there is one for each of them; what is left over is trained one by one, by
 * all workers together. So is everything where there are fewer subnets than workers.
 *
 * <p>Trained subnets are combined in their order, in groups that depend on the number of trainers
 * alone; whoever combines adds them up in that order, so that sums are the same for any number of
 * threads.
 */
public final class SubnetShares {
  private SubnetShares() {}

  /** Trains a subnet. */
  @FunctionalInterface
  public interface Training {
    /**
     * Trains.
     *
     * @param trainer whose scratch is used, from 0 on
     * @param subnet l
     * @param team who helps
     */
    void train(int trainer, int subnet, Team team);
  }

  /** Takes trained subnets into the whole. */
  @FunctionalInterface
  public interface Combining {
    /** Takes in what the first {@code trainers} trainers have just trained, in their order. */
    void combine(int trainers);
  }

  /** How many trainers a plan has use for; each has scratch of its own. */
  public static int trainers(TrainingPlan plan) {
    return plan.masks().subnets() >= plan.threads() ? plan.threads() : 1;
  }

  /** Trains and combines all subnets of a round. */
  public static void round(
      int subnets, int trainers, Team team, Training training, Combining combining) {
    int next = 0;
    while (next < subnets) {
      int first = next;
      int together = subnets - next >= trainers ? trainers : 1;
      if (together > 1) {
        team.run(together, (i, worker) -> training.train(i, first + i, Team.ALONE));
      } else {
        training.train(0, first, team);
      }
      combining.combine(together);
      next += together;
    }
  }
}
