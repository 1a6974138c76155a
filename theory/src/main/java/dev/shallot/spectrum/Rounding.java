package dev.shallot.spectrum;

import dev.shallot.numeric.TriangleKernels;

/**
 * Proven bounds on what float64 rounding can do, for the algorithms of this package as they are
 * written. u = 2^-53 is the unit roundoff and gamma_m = m u / (1 - m u): a product of m factors (1
 * + delta) or 1 / (1 + delta), |delta| <= u, is 1 + theta with |theta| <= gamma_m (Higham, Accuracy
 * and Stability of Numerical Algorithms, 2nd edition, lemma 3.1).
 *
 * <p><b>A Cholesky factorisation that ran to completion is a proof.</b> Let B be the matrix that
 * was factored and L what came out, rounded numbers, with a positive diagonal. Entry (i, j), j <=
 * i, was computed as follows. The sum over the columns k left of j's own diagonal block is cut into
 * T pieces of at most {@value PanelFactor#PIECE} columns. Each piece is summed by fused
 * multiply-adds from zero and then subtracted from b_ij; the at most 23 columns inside the diagonal
 * block are subtracted one by one; the rest is divided by l_jj (or, for i = j, its root is taken).
 * Write each rounded subtraction as c' (1 + epsilon) = c - s, and undo them from the last to the
 * first:
 *
 * <pre>b_ij = s_1 + (1 + eps_1) (s_2 + (1 + eps_2) (s_3 + ... (l_ij l_jj) (1 + eps) ...)).</pre>
 *
 * <p>A product in piece t carries t - 1 factors from the subtractions before it and at most PIECE
 * from the chain inside its piece; a product inside the diagonal block carries at most T + 22, and
 * l_ij l_jj at most T + 23 and one for the division, two for the root. So with m = min(n, PIECE) +
 * ceil(n / PIECE) + 2
 *
 * <pre>b_ij = sum_{k <= j} l_ik l_jk (1 + theta_ijk),   |theta_ijk| <= gamma_m.</pre>
 *
 * <p>(This is theorem 10.3 of Higham with n + 1 replaced by m: the blocks make it small.) Hence L
 * L^T = B + E with |e_ij| <= gamma_m sum_k |l_ik| |l_jk| <= gamma_m ||l_i|| ||l_j||, rows of L, by
 * Cauchy and Schwarz. The case i = j gives ||l_i||^2 <= b_ii / (1 - gamma_m), so |e_ij| <= gamma_m
 * / (1 - gamma_m) sqrt(b_ii b_jj), and the matrix sqrt(b_ii b_jj) has one eigenvalue that is not
 * zero, the trace of B. As L L^T has no negative eigenvalue,
 *
 * <pre>lambda_min(B) >= -||E|| >= -gamma_m / (1 - gamma_m) trace(B).</pre>
 *
 * <p>(The argument is Rump's, Verification of positive definiteness, BIT 46, 2006.) With B = A - s
 * I, whose diagonal is rounded once when it is formed, lambda_min(A) >= s - {@link
 * #choleskyAllowance}.
 *
 * <p>Numbers too small for a normal double round by an absolute 2^-1075 instead. Everything here
 * works on matrices scaled to max |a_ij| in [1/2, 1), and at most 2^537 is multiplied onto such an
 * error on its way back from a {@link Scale}, so all of them together are below 1e-140; {@value
 * #TINY} is added for them. Bounds are themselves computed, by at most some 10^5 rounded operations
 * on positive numbers, and therefore raised by one part in a million.
 */
final class Rounding {
  /** u. */
  static final double UNIT = 0x1p-53;

  /** More than all underflows together. */
  private static final double TINY = 1e-100;

  /** Lifts a computed bound over its own rounding. */
  private static final double RAISE = 1.0 + 0x1p-20;

  /** Numbers that a dot product of the kernels sums in turn. */
  private static final int INTERLEAVED = 16;

  private Rounding() {}

  /** gamma_m. */
  static double gamma(long m) {
    return RAISE * m * UNIT / (1.0 - m * UNIT);
  }

  /** m of the class text: how many roundings a product can meet on its way into an entry of L. */
  static long choleskyRoundings(int size) {
    long piece = PanelFactor.PIECE;
    return Math.min(size, piece) + (size + piece - 1) / piece + 2;
  }

  /**
   * How far the smallest eigenvalue of A may be below s when the Cholesky factorisation of A - s I
   * ran to completion.
   *
   * @param trace of A - s I, computed
   * @param largest entry of its diagonal, computed
   */
  static double choleskyAllowance(int size, double trace, double largest) {
    double gamma = gamma(choleskyRoundings(size));
    return RAISE * (gamma / (1.0 - gamma) * trace + 2.0 * UNIT * largest) + TINY;
  }

  /**
   * How many roundings a product of a {@link TriangleKernels#dot} can meet: one chain of fused
   * multiply-adds over every sixteenth index, then sixteen sums added.
   */
  static long dotRoundings(int size) {
    return (long) size / INTERLEAVED + 1 + INTERLEAVED;
  }

  /** A bound raised over the rounding of its own computation. */
  static double raised(double bound) {
    return RAISE * bound + TINY;
  }
}
