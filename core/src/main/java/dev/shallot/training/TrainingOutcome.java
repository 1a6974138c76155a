package dev.shallot.training;

import dev.shallot.engine.Measurement;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;

/**
 * What a run gave.
 *
 * @param rows the network after the last round
 * @param initial the whole network at the start
 * @param last the whole network at the end
 * @param steps the step sizes that were in force
 * @param engine one line about the engine
 * @param rounds rounds that were taken
 * @param localSteps local steps that were applied, over all subnets: rounds * p * tau
 * @param reason why the run ended
 */
public record TrainingOutcome(
    NetworkRows rows,
    Measurement initial,
    Measurement last,
    StepSizes steps,
    String engine,
    long rounds,
    long localSteps,
    StopReason reason) {

  /** The network after the last round, as a whole. */
  public Network network() {
    return rows.whole();
  }
}
