package dev.shallot.data;

/**
 * A file, a selection or a setting of the data cannot be used. The message says what was expected,
 * what was found, where (file, row, column, entry) and what to do; it is meant for the person at
 * the keyboard.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for people. */
  public DataException(String message) {
    super(message);
  }

  /** An error with a message for people, and what caused it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
