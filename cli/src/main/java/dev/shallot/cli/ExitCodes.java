package dev.shallot.cli;

/** What the process answers. */
final class ExitCodes {
  /** Done. */
  static final int DONE = 0;

  /** A fault of the program itself. */
  static final int FAULT = 1;

  /** A replay differs from its record: also a fault, of the program or of the machine. */
  static final int DIFFERENT = 1;

  /** Bad input or usage. */
  static final int BAD_INPUT = 2;

  /** A run diverged. */
  static final int DIVERGED = 3;

  /** Interrupted by the user. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
