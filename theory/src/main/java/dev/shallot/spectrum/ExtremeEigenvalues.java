package dev.shallot.spectrum;

import dev.shallot.engine.Team;
import java.util.List;

/** The ends of the spectrum of a symmetric matrix. */
@SuppressWarnings("DoNotCallSuggester") // the skeleton goes first
public final class ExtremeEigenvalues {
  private ExtremeEigenvalues() {}

  /**
   * The smallest eigenvalue, in an interval that is proven.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param team who computes; the result's bits do not depend on it
   */
  public static EigenvalueInterval smallest(double[] matrix, int size, Team team) {
    throw new UnsupportedOperationException();
  }

  /**
   * The largest eigenvalue, in an interval that is proven.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param team who computes; the result's bits do not depend on it
   */
  public static EigenvalueInterval largest(double[] matrix, int size, Team team) {
    throw new UnsupportedOperationException();
  }

  /** Estimates of the {@code count} smallest eigenvalues, ascending. */
  public static List<RitzPair> smallest(double[] matrix, int size, int count, Team team) {
    throw new UnsupportedOperationException();
  }

  /** Estimates of the {@code count} largest eigenvalues, descending. */
  public static List<RitzPair> largest(double[] matrix, int size, int count, Team team) {
    throw new UnsupportedOperationException();
  }
}
