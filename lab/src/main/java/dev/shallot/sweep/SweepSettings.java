package dev.shallot.sweep;

import dev.shallot.training.TrainingListener;

/**
 * How a sweep is run; nothing of it changes a result.
 *
 * @param workers cells that may run at once; 0: as many as there are cores for
 * @param failFast whether the first cell that fails ends the sweep
 * @param retry whether cells that failed in an earlier start are run again
 * @param stop asked after every round of every cell: with a reason, cells in progress are given up
 */
public record SweepSettings(int workers, boolean failFast, boolean retry, TrainingListener stop) {
  /** All cores, to the end. */
  public static SweepSettings usual() {
    return new SweepSettings(0, false, false, new TrainingListener() {});
  }
}
