package dev.shallot.run;

/**
 * A plan, a run folder or a model file is not usable. The message says what was expected, what was
 * found, where, and what to do; it is meant for the person at the keyboard.
 */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for people. */
  public RunException(String message) {
    super(message);
  }

  /** An error with a message for people and the cause for developers. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
