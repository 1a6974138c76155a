package dev.shallot.training;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.NetworkView;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.Stateful;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.NetworkRows;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import java.io.IOException;
import java.util.Optional;

/**
 * Sees a run go by. Progress bars, event logs, guards and stopping rules are listeners; the loop
 * knows none of them. Called on the training thread, between rounds: a slow listener slows the run.
 */
public interface TrainingListener extends Stateful {

  /**
   * The engine is open; {@link #started} follows.
   *
   * @param engine one line about it: name, precision, vector width, threads
   * @param why why this engine, with what it is estimated to cost
   */
  default void engineChosen(String engine, String why) {}

  /**
   * The run is about to take its first round.
   *
   * @param plan the plan
   * @param steps the step sizes in force
   * @param engine one line about the engine: name, precision, vector width, threads
   * @param initial the network at initialisation; its error is G_0
   */
  default void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {}

  /**
   * The run goes on from where it was saved; told in place of {@link #started}, after {@link
   * #exchange} has restored this listener.
   *
   * @param plan the plan
   * @param moment where the run stands
   * @param engine one line about the engine that goes on
   * @param opened W_0 as the engine holds it, rounded to its number type
   */
  default void resumed(
      TrainingPlan plan, TrainingMoment moment, String engine, NetworkRows opened) {}

  /**
   * A round is done and told, and the next has not begun: whoever wants to can save the run.
   *
   * @param moment where the run stands
   * @param stop why it is about to end, if it is
   */
  default void between(TrainingMoment moment, Optional<StopReason> stop) {}

  /**
   * Saves or restores what this listener must remember that a resumed run does not show it again.
   * The errors so far are in {@link TrainingMoment}, for all.
   */
  @Override
  default void exchange(StateExchange state) throws IOException {}

  /**
   * A round is about to begin, or the last one is done.
   *
   * @param round k; after the last round, how many were taken
   * @param masks of the round; nothing after the last one
   * @param network the network W_k as it stands
   */
  default void standing(long round, Optional<MaskSet> masks, NetworkView network) {}

  /**
   * A round is done and told; asked for reasons to end comes next.
   *
   * @param round k
   * @param network the network W_{k+1}
   */
  default void trained(long round, NetworkView network) {}

  /** Something happened in an observed round. Events come in the order of the algorithm. */
  default void event(TrainingEvent event) {}

  /**
   * A round is done, observed or not.
   *
   * @param round k
   * @param report what the engine said about it
   */
  default void roundDone(long round, dev.shallot.engine.RoundReport report) {}

  /** Asked after every round: a reason to end the run now, or nothing. */
  default Optional<StopReason> stop() {
    return Optional.empty();
  }

  /** The run ended. */
  default void finished(StopReason reason) {}
}
