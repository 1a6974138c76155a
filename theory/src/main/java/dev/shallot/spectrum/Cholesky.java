package dev.shallot.spectrum;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.numeric.TriangleKernels;
import java.util.Arrays;

/**
 * Cholesky's factorisation A = L L^T of a symmetric positive definite matrix, and what is computed
 * with it. L is kept in half the memory of A; A is not kept.
 */
public final class Cholesky {
  private final PanelFactor factor;
  private final TriangularSolve solver;

  private Cholesky(PanelFactor factor) {
    this.factor = factor;
    this.solver = new TriangularSolve(factor);
  }

  /**
   * Factors A; n^3 / 3 flops.
   *
   * @param matrix n x n, row-major, symmetric; only its lower triangle is read, nothing is changed
   * @param size n
   * @param team who computes; the factor's bits do not depend on it
   * @throws TheoryException if A is not positive definite (with the pivot that failed), or the
   *     factor does not fit in memory
   */
  public static Cholesky factor(double[] matrix, int size, Team team) {
    return factor(matrix, size, 0.0, team);
  }

  /**
   * Factors A + ridge I, as kernel ridge regression wants it.
   *
   * @param matrix n x n, row-major, symmetric; only its lower triangle is read, nothing is changed
   * @param size n
   * @param ridge what is added to the diagonal
   * @param team who computes; the factor's bits do not depend on it
   * @throws TheoryException as {@link #factor(double[], int, Team)}
   */
  public static Cholesky factor(double[] matrix, int size, double ridge, Team team) {
    SymmetricMatrix.requireShape(matrix, size);
    MemoryNeed.check(
        "the Cholesky factor of a %d x %d matrix".formatted(size, size),
        (long) Double.BYTES * matrix.length,
        bytes(size));
    PanelFactor factor = new PanelFactor(size, TriangleKernels.inForce());
    int failed = factor.factor(matrix, Scale.ONE, -ridge, team);
    if (failed >= 0) {
      throw new TheoryException(
          "expected a positive definite matrix of finite numbers, but the pivot of row %d (of %d,"
                  .formatted(failed, size)
              + " counted from 0) is %s: the rows up to it are dependent, or an eigenvalue is"
                  .formatted(factor.failedPivot(failed))
              + " negative; look for duplicated samples or add a ridge to the diagonal");
    }
    return new Cholesky(factor);
  }

  /** n. */
  public int size() {
    return factor.size();
  }

  /**
   * Solves A x = b; 2 n^2 flops.
   *
   * @param b n numbers; only read
   * @param team who computes; the bits do not depend on it
   * @return x
   */
  public double[] solve(double[] b, Team team) {
    double[] x = padded(b);
    solver.solve(x, team);
    return Arrays.copyOf(x, size());
  }

  /**
   * {@code y^T A^-1 y = ||L^-1 y||^2}, never negative; n^2 flops.
   *
   * @param y n numbers; only read
   * @param team who computes; the bits do not depend on it
   */
  public double quadraticForm(double[] y, Team team) {
    double[] x = padded(y);
    solver.forward(x, team);
    return factor.kernels().dot(x.length, x, 0, x, 0);
  }

  /** {@code log det A = 2 sum log l_ii}. */
  public double logDeterminant() {
    double sum = 0.0;
    for (int i = 0; i < size(); i++) {
      sum += 2.0 * StrictMath.log(factor.diagonal(i));
    }
    return sum;
  }

  /** Bytes of a factor of this size, about 4 n (n + 24): 0.4 GB for n = 10,000. */
  public static long bytes(int size) {
    return PanelFactor.bytes(size);
  }

  private double[] padded(double[] b) {
    if (b.length != size()) {
      throw new TheoryException(
          "expected a vector of %d numbers, as the matrix has rows, but it has %d"
              .formatted(size(), b.length));
    }
    double[] x = solver.allocate();
    System.arraycopy(b, 0, x, 0, b.length);
    return x;
  }
}
