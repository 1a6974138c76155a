package dev.shallot.plan;

/**
 * How a round's subnets become one network again. X_r is the coverage of neuron r, Delta_r^l what
 * subnet l changed in its row.
 */
public enum Aggregation {
  /**
   * Algorithm 1: {@code w_r += (1/X_r) sum_l Delta_r^l}, the mean over the subnets that held the
   * neuron. With X_r = 1 the row is the owner's, bit for bit; with X_r = 0 it stays, bit for bit.
   */
  COVERAGE_MEAN,
  /**
   * Multi-sample dropout (Inoue 2019) averages the losses of all p subnets, so {@code w_r += (1/p)
   * sum_l Delta_r^l}.
   */
  SUBNET_MEAN,
  /**
   * The rule of the authors' released code: as {@link #COVERAGE_MEAN}, but a neuron that no subnet
   * held becomes zero. That code takes the derivative of ReLU at 0 to be 0, and so does this rule:
   * a zeroed neuron never moves again. It exists to show the difference.
   */
  ZERO_UNCOVERED;

  /**
   * Whether a neuron whose pre-activation is exactly zero counts as active: yes in the paper
   * ({@code relu'(0) = 1}), no in the released code.
   */
  public boolean activeAtZero() {
    return this != ZERO_UNCOVERED;
  }
}
