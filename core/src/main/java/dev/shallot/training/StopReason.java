package dev.shallot.training;

/**
 * Why a run ended.
 *
 * @param kind of end
 * @param message one sentence for people
 */
public record StopReason(Kind kind, String message) {
  /** Kinds of end. */
  public enum Kind {
    ROUNDS_DONE,
    DIVERGED,
    STOPPED,
    /** Somebody ended the process; the run can go on. */
    INTERRUPTED
  }
}
