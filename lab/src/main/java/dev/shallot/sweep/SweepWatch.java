package dev.shallot.sweep;

import java.util.List;

/**
 * Sees a sweep go by. Told on the worker threads, one call at a time: a slow watch slows the sweep.
 */
public interface SweepWatch {
  /** Watches nothing. */
  SweepWatch NOTHING = new SweepWatch() {};

  /**
   * What is about to happen.
   *
   * @param cells points of the grid
   * @param runs different plans among them: what is run
   * @param before how many of these were finished earlier
   * @param workers how many cells run at once
   * @param remarks what else to know, one sentence each: fewer workers than asked for and why, a
   *     torn record that was dropped
   */
  default void started(int cells, int runs, int before, int workers, List<String> remarks) {}

  /** A cell begins. */
  default void began(Cell cell) {}

  /**
   * A cell is finished and on the disk.
   *
   * @param result at the first point of the grid that has this plan
   * @param done how many runs are finished by now, those of earlier starts included
   * @param runs how many there are
   */
  default void finished(CellResult result, int done, int runs) {}
}
