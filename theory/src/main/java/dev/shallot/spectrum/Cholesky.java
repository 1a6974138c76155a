package dev.shallot.spectrum;

import dev.shallot.engine.Team;

/** Cholesky's factorisation A = L L^T of a symmetric positive definite matrix. */
@SuppressWarnings("DoNotCallSuggester") // the skeleton goes first
public final class Cholesky {
  private Cholesky() {}

  /**
   * Factors A.
   *
   * @param matrix n x n, row-major, symmetric; only its lower triangle is read, nothing is changed
   * @param size n
   * @param team who computes; the factor's bits do not depend on it
   * @throws dev.shallot.TheoryException if A is not positive definite (with the pivot that failed),
   *     not finite, or the factor does not fit in memory
   */
  public static Cholesky factor(double[] matrix, int size, Team team) {
    throw new UnsupportedOperationException();
  }

  /** n. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /**
   * Solves A x = b.
   *
   * @param b n numbers; only read
   * @return x
   */
  public double[] solve(double[] b, Team team) {
    throw new UnsupportedOperationException();
  }

  /** {@code y^T A^-1 y = ||L^-1 y||^2}. */
  public double quadraticForm(double[] y, Team team) {
    throw new UnsupportedOperationException();
  }

  /** {@code log det A}. */
  public double logDeterminant() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of a factor of this size: 4 n (n + 24) or a little more. */
  public static long bytes(int size) {
    throw new UnsupportedOperationException();
  }
}
