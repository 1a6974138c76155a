package dev.shallot;

/**
 * A matrix, a data set or a request of the theory module is not usable. The message says what was
 * expected, what was found, where, and what to do; it is meant for the person at the keyboard.
 */
public final class TheoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for people. */
  public TheoryException(String message) {
    super(message);
  }
}
