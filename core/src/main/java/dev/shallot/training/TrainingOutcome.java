package dev.shallot.training;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.Traffic;
import dev.shallot.network.Network;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import java.util.Optional;

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
 * @param traffic what was moved between machines, if the engine worked on several
 */
public record TrainingOutcome(
    NetworkRows rows,
    Measurement initial,
    Measurement last,
    StepSizes steps,
    String engine,
    long rounds,
    long localSteps,
    StopReason reason,
    Optional<Traffic> traffic) {

  /** The network after the last round, as a whole. */
  public Network network() {
    return rows.whole();
  }
}
