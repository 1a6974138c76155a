package dev.shallot.sweep;

import java.util.List;
import java.util.Optional;

/**
 * What there is of a sweep.
 *
 * @param spec what is run
 * @param cells finished points, in the grid's order
 * @param points of the grid
 * @param ended why not all of it is finished: an interruption, or the failure that ended it; empty
 *     if it is, or if nobody is at it
 */
public record SweepResult(
    SweepSpec spec, List<CellResult> cells, int points, Optional<String> ended) {

  /** Whether every point is finished. */
  public boolean complete() {
    return cells.size() == points;
  }

  /** How many different runs among the finished ones failed. */
  public long failures() {
    return cells.stream().filter(CellResult::failed).map(CellResult::hash).distinct().count();
  }
}
