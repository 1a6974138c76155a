package dev.shallot.spectrum;

/** All eigenvalues of a symmetric matrix. */
@SuppressWarnings("DoNotCallSuggester") // the skeleton goes first
public final class Eigenvalues {
  private Eigenvalues() {}

  /**
   * All eigenvalues, ascending.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @throws dev.shallot.TheoryException if an entry is not finite or the matrix is not symmetric
   */
  public static double[] of(double[] matrix, int size) {
    throw new UnsupportedOperationException();
  }

  /**
   * All eigenvalues, ascending, and an orthonormal set of eigenvectors.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @throws dev.shallot.TheoryException if an entry is not finite or the matrix is not symmetric
   */
  public static Eigensystem withVectors(double[] matrix, int size) {
    throw new UnsupportedOperationException();
  }
}
