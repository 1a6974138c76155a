package dev.shallot.spectrum;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.numeric.TriangleKernels;
import java.util.Comparator;
import java.util.List;

/**
 * The ends of the spectrum of a symmetric matrix: one eigenvalue in an interval that is proven, or
 * some of them estimated. {@link CertifiedEnd} tells how, {@link Rounding} why it is proven.
 *
 * <p>Memory: the caller's matrix, 8 n^2 bytes, and a factor, 4 n^2 bytes, in all 1.2 GB for n =
 * 10,000. Time: two to four factorisations of n^3 / 3 flops and some dozens of solves of 2 n^2.
 * Nothing is changed, no result depends on the team, and all of it is refused before memory is
 * taken if the memory is not there.
 */
public final class ExtremeEigenvalues {
  /** Up to this order a reduction to three diagonals is the quicker estimate. */
  private static final int REDUCED = 500;

  private ExtremeEigenvalues() {}

  /**
   * The smallest eigenvalue, in an interval that is proven. It is fastest for positive
   * semi-definite matrices, such as kernels, but takes any.
   *
   * <p>The interval is about {@code 1.2 (120 + n / 120) u trace(A - lambda I)} long, u = 2^-53,
   * unless the search gave up early. For the matrix of a kernel, whose trace is n/2, that is 1e-10
   * for n = 10,000; the smallest eigenvalue of a singular matrix has such an interval around 0.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param team who computes; the result's bits do not depend on it
   * @throws TheoryException if an entry is not finite or the matrix is not symmetric, with the
   *     position, or if memory does not suffice
   */
  public static EigenvalueInterval smallest(double[] matrix, int size, Team team) {
    return end(matrix, size, true, team);
  }

  /**
   * The largest eigenvalue, in an interval that is proven: {@link #smallest} of -A, upside down.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param team who computes; the result's bits do not depend on it
   * @throws TheoryException as {@link #smallest(double[], int, Team)}
   */
  public static EigenvalueInterval largest(double[] matrix, int size, Team team) {
    return end(matrix, size, false, team);
  }

  /**
   * An estimate of the smallest eigenvalue of a positive semi-definite matrix, as good as {@link
   * Eigenvalues} has it, but without proof, for whoever wants one a round: 4 n^3/3 flops up to
   * order {@value #REDUCED} on the caller's thread, above that n^3/3 and a few dozen solves.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param team who computes; the result's bits do not depend on it
   * @throws TheoryException as {@link #smallest(double[], int, Team)}
   */
  public static double smallestEstimate(double[] matrix, int size, Team team) {
    Scale scale = prepare(matrix, size, team);
    if (size == 1 || isZero(matrix)) {
      return matrix[0];
    }
    return size <= REDUCED
        ? scale.back(Tridiagonal.of(matrix, size, scale).smallest())
        : new CertifiedEnd(matrix, size, scale, team).estimate();
  }

  private static EigenvalueInterval end(double[] matrix, int size, boolean bottom, Team team) {
    Scale scale = prepare(matrix, size, team);
    if (size == 1 || isZero(matrix)) {
      double value = matrix[0];
      return new EigenvalueInterval(
          value, value, value, 0.0, EigenvalueInterval.Method.EXACT, 0, 0);
    }
    CertifiedEnd end = new CertifiedEnd(matrix, size, bottom ? scale : scale.negated(), team);
    end.search(bottom);
    return end.interval();
  }

  /**
   * Estimates of the {@code count} smallest eigenvalues, ascending, by shift and invert. {@link
   * RitzPair} says what a residual proves. Eigenvalues closer to one another than the residuals,
   * and multiple ones, may show once.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param count how many, 1 .. n
   * @param team who computes; the result's bits do not depend on it
   * @throws TheoryException as {@link #smallest(double[], int, Team)}
   */
  public static List<RitzPair> smallest(double[] matrix, int size, int count, Team team) {
    Scale scale = prepare(matrix, size, team);
    requireCount(size, count);
    CertifiedEnd end = new CertifiedEnd(matrix, size, scale, team);
    end.search(true);
    LanczosRun run = end.inverseRun(count, mostSteps(size, count));
    TriangleKernels kernels = TriangleKernels.inForce();
    return Lanczos.pairs(
            run, count, new MatrixProduct(matrix, size, Scale.ONE, kernels, team), true, kernels)
        .stream()
        .sorted(Comparator.comparingDouble(RitzPair::value))
        .toList();
  }

  /**
   * Estimates of the {@code count} largest eigenvalues, descending, by Lanczos on A; see {@link
   * Lanczos} for what is proven.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param size n
   * @param count how many, 1 .. n
   * @param team who computes; the result's bits do not depend on it
   * @throws TheoryException as {@link #smallest(double[], int, Team)}
   */
  public static List<RitzPair> largest(double[] matrix, int size, int count, Team team) {
    prepare(matrix, size, team);
    requireCount(size, count);
    MatrixProduct product =
        new MatrixProduct(matrix, size, Scale.ONE, TriangleKernels.inForce(), team);
    return Lanczos.largest(product, size, count, mostSteps(size, count));
  }

  private static boolean isZero(double[] matrix) {
    for (double entry : matrix) {
      if (entry != 0.0) {
        return false;
      }
    }
    return true;
  }

  private static int mostSteps(int size, int count) {
    return Math.min(size, 10 * count + 200);
  }

  private static void requireCount(int size, int count) {
    if (count < 1 || count > size) {
      throw new TheoryException(
          "a %d x %d matrix has %d eigenvalues, but %d were asked for"
              .formatted(size, size, size, count));
    }
  }

  private static Scale prepare(double[] matrix, int size, Team team) {
    SymmetricMatrix.requireShape(matrix, size);
    MemoryNeed.check(
        "an extreme eigenvalue of a %d x %d matrix".formatted(size, size),
        (long) Double.BYTES * matrix.length,
        CertifiedEnd.bytes(size));
    return Scale.towardsOne(SymmetricMatrix.check(matrix, size, team));
  }
}
