package dev.shallot.run;

import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import java.util.Optional;

/** Ends a run after the round in progress when somebody, on any thread, asks for it. */
public final class StopRequest implements TrainingListener {
  private volatile Optional<StopReason> reason = Optional.empty();

  /** Asks. */
  public void request(String message) {
    reason = Optional.of(new StopReason(StopReason.Kind.STOPPED, message));
  }

  @Override
  public Optional<StopReason> stop() {
    return reason;
  }
}
