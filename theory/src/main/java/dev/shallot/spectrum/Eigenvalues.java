package dev.shallot.spectrum;

import dev.shallot.engine.Team;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.R064Store;

/**
 * All eigenvalues of a symmetric matrix, by ojAlgo: Householder's reduction to a tridiagonal
 * matrix, then implicit QL; (4/3) n^3 flops, of which half wait for memory, and several times that
 * with vectors. An eigenvalue is wrong by a few u ||A||, u = 2^-53, so those below that have no
 * correct digit.
 *
 * <p>What the library leaves to its caller is done here: a number that is not finite is refused
 * (its QL iteration would not end), and so is a matrix that is not symmetric (one triangle would be
 * ignored). The matrix is scaled by a power of two to entries near 1, which is exact, so that no
 * square overflows or vanishes.
 *
 * <p>The library decides on its own whether it uses more than one thread; its sums do not depend on
 * it.
 */
public final class Eigenvalues {
  private Eigenvalues() {}

  /**
   * All eigenvalues, ascending. Time grows with n^3: 0.2 s for n = 1000, some minutes for 10,000.
   *
   * @param matrix n x n, row-major, symmetric; only read, copied twice
   * @param size n
   * @throws dev.shallot.TheoryException if an entry is not finite or the matrix is not symmetric,
   *     with the position, or if the copies do not fit in memory
   */
  public static double[] of(double[] matrix, int size) {
    return decompose(matrix, size, false).values();
  }

  /**
   * All eigenvalues, ascending, and an orthonormal set of eigenvectors, also where eigenvalues
   * coincide. Takes three to five times as long as {@link #of}.
   *
   * @param matrix n x n, row-major, symmetric; only read, copied twice
   * @param size n
   * @throws dev.shallot.TheoryException as {@link #of}
   */
  public static Eigensystem withVectors(double[] matrix, int size) {
    return decompose(matrix, size, true);
  }

  private static Eigensystem decompose(double[] matrix, int size, boolean vectors) {
    SymmetricMatrix.requireShape(matrix, size);
    long bytes = (long) Double.BYTES * matrix.length;
    MemoryNeed.check(
        "all eigenvalues of a %d x %d matrix".formatted(size, size),
        bytes,
        (vectors ? 4 : 2) * bytes);
    Scale scale = Scale.towardsOne(SymmetricMatrix.check(matrix, size, Team.ALONE));
    R064Store scaled = R064Store.FACTORY.make(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        // The library keeps columns together, and a column of A is a row of A.
        scaled.set(j, i, scale.apply(matrix[i * size + j]));
      }
    }
    Eigenvalue<Double> solver = Eigenvalue.R064.make(size, true);
    boolean done = vectors ? solver.decompose(scaled) : solver.computeValuesOnly(scaled);
    if (!done) {
      throw new IllegalStateException("ojAlgo gave no eigenvalues for a finite symmetric matrix");
    }
    double[] found = new double[size];
    solver.getEigenvalues(found, Optional.empty());
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> found[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[size];
    for (int k = 0; k < size; k++) {
      values[k] = scale.back(found[order[k]]);
    }
    return new Eigensystem(values, vectors ? rows(solver, order) : new double[0]);
  }

  /** The library's vectors are columns. */
  private static double[] rows(Eigenvalue<Double> solver, int[] order) {
    int size = order.length;
    var columns = solver.getV();
    double[] rows = new double[size * size];
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        rows[k * size + i] = columns.doubleValue(i, order[k]);
      }
    }
    return rows;
  }
}
