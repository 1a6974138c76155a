package dev.shallot.bound;

import java.util.Arrays;
import java.util.Optional;

/**
 * What training showed, in the papers' units.
 *
 * @param seeds over how many seeds the errors are; at least 1
 * @param meanErrors mean of ||y - u_k||^2 over seeds, k = 0 .. rounds
 * @param deviations standard deviation over seeds (divided by seeds - 1), 0 for one seed
 * @param start mean over seeds of (v_k . (u_0 - y))^2 along the data's modes; empty if unknown
 * @param contraction how local steps shrank their subnets' errors; empty if not observed
 * @param looks what was seen of masked kernels and weights; empty if nobody looked
 */
public record RunEvidence(
    int seeds,
    double[] meanErrors,
    double[] deviations,
    double[] start,
    Optional<Contraction> contraction,
    Optional<Looks> looks) {

  /**
   * Local steps of one run.
   *
   * @param worstRatio the largest ||y - uhat_{t+1}||^2 / ||y - uhat_t||^2
   * @param round where it was
   * @param subnet where it was
   * @param step t where it was
   * @param steps how many were seen
   * @param rises how many of them did not lower the error
   */
  public record Contraction(
      double worstRatio, long round, int subnet, int step, long steps, long rises) {}

  /**
   * Masked kernels and weights of one run, at some rounds.
   *
   * @param lambdaMin the smallest eigenvalue of all that were seen, in its proven interval
   * @param round where it was
   * @param subnet where it was
   * @param step t where it was
   * @param kernels how many kernels were seen
   * @param rounds of how many rounds
   * @param deviation the largest ||m o H(0,0) - H-inf||_2 of round 0
   * @param displacement the largest ||w - w_0|| that was seen, whole network and subnets
   * @param localMove the largest ||w^l_{k,t,r} - w_{k,r}||
   * @param lemma5 the largest part of Lemma 5's bound that a local move took; NaN if none
   */
  public record Looks(
      Interval lambdaMin,
      long round,
      int subnet,
      int step,
      int kernels,
      int rounds,
      double deviation,
      double displacement,
      double localMove,
      double lemma5) {}

  /** Rounds done. */
  public int rounds() {
    return meanErrors.length - 1;
  }

  /** ||y - u_k||^2. */
  public Measured error(int k) {
    return new Measured(meanErrors[k], deviations[k] / Math.sqrt(seeds), seeds);
  }

  /** The last error. */
  public Measured last() {
    return error(rounds());
  }

  /** First round of the last fifth. */
  private int late() {
    return rounds() - rounds() / 5;
  }

  /** Mean error of the last fifth of the rounds. */
  public Measured plateau() {
    int from = late();
    double mean = 0.0;
    double error = 0.0;
    for (int k = from; k <= rounds(); k++) {
      mean += meanErrors[k];
      error += deviations[k];
    }
    int count = rounds() - from + 1;
    return new Measured(mean / count, error / count / Math.sqrt(seeds), seeds);
  }

  /** Whether the error still falls, by more than a twentieth, over the last fifth. */
  public boolean stillFalling() {
    return rounds() < 5 || meanErrors[rounds()] < 0.95 * meanErrors[late()];
  }

  /**
   * The share of what the error still has above its plateau that a round takes off, early on: a
   * straight line through the logarithms, from round 0 to where a tenth of it is left.
   *
   * @return empty where the error does not fall, or falls within a round
   */
  public Optional<Measured> rate() {
    double floor = plateau().mean();
    double first = meanErrors[0] - floor;
    int count = 0;
    while (count <= rounds() && meanErrors[count] - floor > 0.1 * first) {
      count++;
    }
    if (first <= 0 || count < 2) {
      return Optional.empty();
    }
    double middle = (count - 1) / 2.0;
    double above = 0.0;
    double below = 0.0;
    for (int k = 0; k < count; k++) {
      above += (k - middle) * Math.log(meanErrors[k] - floor);
      below += (k - middle) * (k - middle);
    }
    return Optional.of(new Measured(1 - Math.exp(above / below), 0.0, seeds));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunEvidence that
        && seeds == that.seeds
        && Arrays.equals(meanErrors, that.meanErrors)
        && Arrays.equals(deviations, that.deviations)
        && contraction.equals(that.contraction)
        && looks.equals(that.looks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(meanErrors);
  }
}
