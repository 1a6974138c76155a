package dev.shallot.sweep;

import dev.shallot.plan.StepSizes;
import dev.shallot.run.Score;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What came of a cell.
 *
 * @param index of the point in the grid, from 0
 * @param at of each axis: the label
 * @param hash of the plan; points of one hash share one run
 * @param stopReason rounds-done, target-error, plateau, time-budget, diverged or failed
 * @param message one sentence about the end
 * @param roundsTaken how many rounds were done
 * @param trace how the error went, thinned as the spec says; empty if the cell failed
 * @param initialError G_0; NaN if the cell failed
 * @param finalError ||Y - u||^2 at the end; NaN where it is not finite
 * @param bestAverage the smallest moving average that the plateau rule saw; empty without that rule
 * @param steps the step sizes in force; NaN if the cell failed
 * @param targetNorm ||Y||^2 of the training rows; NaN if the cell failed
 * @param heldOut scores on the held-out rows, one a target; empty without such rows
 * @param measured what a {@link CellProbe} measured: named series; empty without one
 * @param engine one line about the engine
 * @param seconds that the cell took, preparation included; depends on the machine
 */
public record CellResult(
    int index,
    Map<String, String> at,
    String hash,
    String stopReason,
    String message,
    long roundsTaken,
    Trace trace,
    double initialError,
    double finalError,
    OptionalDouble bestAverage,
    StepSizes steps,
    double targetNorm,
    List<Score> heldOut,
    Map<String, double[]> measured,
    String engine,
    double seconds) {
  static final String FAILED = "failed";
  static final String DIVERGED = "diverged";

  /** After how many rounds {@link #errors} were measured, 0 first. */
  public long[] rounds() {
    return trace.rounds();
  }

  /** ||Y - u||^2 after {@link #rounds}, G_0 first. */
  public double[] errors() {
    return trace.errors();
  }

  /** eta of the hidden layer. */
  public double stepSize() {
    return steps.hidden();
  }

  /** ||Y - u||^2/||Y||^2 at the end. */
  public double relativeError() {
    return finalError / targetNorm;
  }

  /** Whether it could not be run to an end; {@link #message} says why. */
  public boolean failed() {
    return stopReason.equals(FAILED);
  }

  /** Whether the error left all bounds: a result, not a failure. */
  public boolean diverged() {
    return stopReason.equals(DIVERGED);
  }

  /** The same run at another point of the grid. */
  CellResult at(Cell cell) {
    return new CellResult(
        cell.index(),
        cell.at(),
        hash,
        stopReason,
        message,
        roundsTaken,
        trace,
        initialError,
        finalError,
        bestAverage,
        steps,
        targetNorm,
        heldOut,
        measured,
        engine,
        seconds);
  }
}
