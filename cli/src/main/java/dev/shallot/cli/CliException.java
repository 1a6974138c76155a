package dev.shallot.cli;

/**
 * A command cannot do what it was asked for. The message is meant for the person at the keyboard.
 */
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CliException(String message) {
    super(message);
  }

  CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
