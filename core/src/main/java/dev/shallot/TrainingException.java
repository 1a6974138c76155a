package dev.shallot;

/**
 * Something in a plan, a network or the data of a training run is not usable. The message says what
 * was expected, what was found and what to do; it is meant for the person at the keyboard.
 */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for people. */
  public TrainingException(String message) {
    super(message);
  }

  /** An error with a message for people and its cause. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
