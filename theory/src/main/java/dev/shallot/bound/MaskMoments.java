package dev.shallot.bound;

import dev.shallot.TheoryException;

/**
 * Moments of how often a neuron is held, X ~ Bin(p, xi), and of nu_{r,r'} = eta_r sum_l m^l_r
 * m^l_{r'} with eta_r = 1/X_r, or 0 where X_r = 0 (Liao and Kyrillidis, ICLR 2022 submission,
 * Lemmas 19 to 21). Where the published value differs from the true one both are here, the
 * published one by that name.
 *
 * @param subnets p, at least 1
 * @param keep xi, in (0, 1]
 */
public record MaskMoments(int subnets, double keep) {
  public MaskMoments {
    if (subnets < 1 || !(keep > 0.0 && keep <= 1.0)) {
      throw new TheoryException(
          "mask moments need p >= 1 and 0 < xi <= 1, but got p = %d, xi = %s"
              .formatted(subnets, keep));
    }
  }

  /** {@code theta = P(X >= 1) = 1 - (1 - xi)^p}. (L-3) */
  public double coverage() {
    return 1.0 - StrictMath.pow(1.0 - keep, subnets);
  }

  /** {@code P(X = j)}. */
  public double probability(int j) {
    double choose = 1.0;
    for (int i = 1; i <= j; i++) {
      choose = choose * (subnets - j + i) / i;
    }
    return choose * StrictMath.pow(keep, j) * StrictMath.pow(1.0 - keep, subnets - j);
  }

  /** {@code E[eta_r] = e(p, xi) = sum_j P(X = j) / j}. (L-8) */
  public double reciprocal() {
    double sum = 0.0;
    for (int j = 1; j <= subnets; j++) {
      sum += probability(j) / j;
    }
    return sum;
  }

  /**
   * {@code theta^2 / (p xi)}, which the appendix takes for {@link #reciprocal}. It is E[1/X] of a
   * size-biased X, times theta: right at p = 1, too small above. (L-8, E10)
   */
  public double publishedReciprocal() {
    return coverage() * coverage() / (subnets * keep);
  }

  /** An upper bound of {@link #reciprocal} in closed form: 2 E[1/(X + 1); X >= 1]. (L-8) */
  public double reciprocalAtMost() {
    double rest = StrictMath.pow(1.0 - keep, subnets);
    return 2.0 * ((1.0 - rest * (1.0 - keep)) / ((subnets + 1) * keep) - rest);
  }

  /** {@code E[1 / (1 + Bin(p - 1, xi))] = theta / (p xi)}. (L-7) */
  public double sizeBiasedReciprocal() {
    return coverage() / (subnets * keep);
  }

  /** {@code E[1 / max(X, 1)] = (1 - xi)^p + e}. (L-8) */
  public double reciprocalOfAtLeastOne() {
    return StrictMath.pow(1.0 - keep, subnets) + reciprocal();
  }

  /** {@code Var(nu_{r,r'} | X_r >= 1) = xi (1 - xi) e / theta} for r' other than r. (L-10) */
  public double nuVariance() {
    return keep * (1.0 - keep) * reciprocal() / coverage();
  }

  /** {@code (theta - xi^2) / p}, which the appendix takes for {@link #nuVariance}. (E11) */
  public double publishedNuVariance() {
    return (coverage() - keep * keep) / subnets;
  }
}
