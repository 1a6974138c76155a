package dev.shallot.api;

import dev.shallot.TrainingException;
import dev.shallot.data.DataException;
import dev.shallot.run.RunException;
import java.util.function.Supplier;

/**
 * Something that was asked for cannot be done. The message says what was expected, what was found,
 * where, and what to do; it is meant for the person who gave the data or the plan.
 */
public final class ShallotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for people. */
  ShallotException(String message) {
    super(message);
  }

  private ShallotException(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }

  /** Does something whose errors are of the modules below. */
  static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataException | TrainingException | RunException e) {
      throw new ShallotException(e);
    }
  }
}
