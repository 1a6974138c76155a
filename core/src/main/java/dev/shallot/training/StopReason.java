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
    /** Somebody asked for it. */
    STOPPED,
    /** {@link StoppingRule.Plateau}. */
    PLATEAU,
    /** {@link StoppingRule.TargetError}. */
    TARGET_ERROR,
    /** {@link HeldOutStopping}. */
    HELD_OUT,
    /** The time that the plan allows is spent: where that is depends on the machine. */
    TIME_BUDGET,
    /** Somebody ended the process; the run can go on. */
    INTERRUPTED
  }
}
