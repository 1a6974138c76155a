package dev.shallot.run;

import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import java.util.Optional;

/**
 * Interrupts a run after the round in progress when somebody, on any thread, asks for it. It leaves
 * a checkpoint and can go on.
 */
public final class StopRequest implements TrainingListener {
  private volatile Optional<StopReason> reason = Optional.empty();

  /** Asks. */
  public void request(String message) {
    reason = Optional.of(new StopReason(StopReason.Kind.INTERRUPTED, message));
  }

  @Override
  public Optional<StopReason> stop() {
    return reason;
  }
}
