package dev.shallot.report;

import java.util.List;

/**
 * The curves of a run, as {@link EventReader} finds them. All errors are squared norms; a value
 * that was not measured or is not finite is NaN.
 *
 * <p>Memory is bounded by the number of rounds, not of micro-steps: only the first {@code
 * detailed()} rounds keep their micro-steps.
 *
 * @param initialError G_0
 * @param initialDead dead neurons at initialisation
 * @param initialHeldOut loss on held-out rows at initialisation, NaN without early stopping
 * @param subnets p, 0 if no subnet was measured
 * @param localSteps tau, 0 if no subnet was measured
 * @param rounds one row an observed round
 * @param steps micro-steps of the first observed rounds; of round j and micro-step s (0 after
 *     sampling, t after local step t) at index {@code j * (tau + 1) + s}
 * @param tracked diagnostics along the run, if there are any
 * @param notes sentences for the reader about what the log lacks
 */
record RunSeries(
    double initialError,
    double initialDead,
    double initialHeldOut,
    int subnets,
    int localSteps,
    Rounds rounds,
    Steps steps,
    TrackSeries tracked,
    List<String> notes) {

  /**
   * Columns of equal length, one entry an observed round.
   *
   * @param round k
   * @param before G_k: A of round k-1, NaN when that one was not observed
   * @param sampled S_k
   * @param trained L_{k,tau}
   * @param low smallest subnet error of the round, over all micro-steps
   * @param high largest subnet error of the round
   * @param after A_k
   * @param displacement max_r ||w_r - w_{0,r}|| after the round
   * @param flips activation flips since initialisation
   * @param uncovered neurons that no subnet held
   * @param dead neurons active on no sample
   * @param bytes that a distributed run would have moved in the round
   * @param heldOut loss on held-out rows after the round, a row
   */
  record Rounds(
      double[] round,
      double[] before,
      double[] sampled,
      double[] trained,
      double[] low,
      double[] high,
      double[] after,
      double[] displacement,
      double[] flips,
      double[] uncovered,
      double[] dead,
      double[] bytes,
      double[] heldOut) {

    int count() {
      return round.length;
    }
  }

  /**
   * Spread over the subnets, one entry a micro-step.
   *
   * @param mean S_k and L_{k,t}
   * @param min smallest
   * @param max largest
   * @param deviation standard deviation
   */
  record Steps(double[] mean, double[] min, double[] max, double[] deviation) {}

  /** Whether subnets were measured at all. */
  boolean hasSteps() {
    return subnets > 0;
  }

  /** How many observed rounds, from the first on, have their micro-steps. */
  int detailed() {
    return hasSteps() ? steps.mean().length / (localSteps + 1) : 0;
  }

  /** How far the log goes. */
  Progress progress() {
    double[] k = rounds.round();
    double bytes = java.util.Arrays.stream(rounds.bytes()).sum();
    return new Progress(
        initialError, lastError(), k.length == 0 ? 0 : k[k.length - 1] + 1, k.length, bytes, notes);
  }

  /** The last error that was measured. */
  double lastError() {
    return rounds.count() == 0 ? initialError : rounds.after()[rounds.count() - 1];
  }
}
