package dev.shallot.spectrum;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;

/**
 * What everything here asks of a symmetric matrix: n x n, row-major, finite, equal to its mirror.
 */
public final class SymmetricMatrix {
  /** Two tiles of 64 x 64 numbers, one read by columns, fit the first cache together. */
  private static final int TILE = 64;

  private SymmetricMatrix() {}

  /**
   * Copies the lower triangle over the upper one. For a matrix whose two triangles were computed
   * apart and differ by rounding.
   *
   * @param matrix n x n, row-major; changed
   * @param size n
   */
  public static void mirrorLowerTriangle(double[] matrix, int size) {
    requireShape(matrix, size);
    for (int i0 = 0; i0 < size; i0 += TILE) {
      for (int j0 = 0; j0 <= i0; j0 += TILE) {
        for (int i = i0; i < Math.min(size, i0 + TILE); i++) {
          for (int j = j0; j < Math.min(i, j0 + TILE); j++) {
            matrix[j * size + i] = matrix[i * size + j];
          }
        }
      }
    }
  }

  /**
   * Refuses what is not a finite symmetric matrix. Reads the whole matrix once.
   *
   * @param matrix n x n, row-major; only read
   * @return max |a_ij|
   */
  static double check(double[] matrix, int size, Team team) {
    requireShape(matrix, size);
    int blocks = (size + TILE - 1) / TILE;
    double[] largest = new double[blocks];
    long[] fault = new long[blocks];
    team.run(
        blocks,
        (block, worker) -> {
          fault[block] = Long.MAX_VALUE;
          for (int j0 = 0; j0 <= block * TILE; j0 += TILE) {
            checkTile(matrix, size, block, j0, largest, fault);
          }
        });
    double most = 0.0;
    for (int block = 0; block < blocks; block++) {
      if (fault[block] != Long.MAX_VALUE) {
        throw fault(matrix, size, fault[block]);
      }
      most = Math.max(most, largest[block]);
    }
    return most;
  }

  private static void checkTile(
      double[] matrix, int size, int block, int j0, double[] largest, long[] fault) {
    double most = largest[block];
    for (int i = block * TILE; i < Math.min(size, (block + 1) * TILE); i++) {
      for (int j = j0; j < Math.min(i + 1, j0 + TILE); j++) {
        double below = matrix[i * size + j];
        double above = matrix[j * size + i];
        // False for a NaN and for two equal infinities as well.
        if (!(below == above && Math.abs(below) <= Double.MAX_VALUE)) {
          fault[block] = Math.min(fault[block], (long) i * size + j);
        }
        most = Math.max(most, Math.abs(below));
      }
    }
    largest[block] = most;
  }

  private static TheoryException fault(double[] matrix, int size, long position) {
    int i = (int) (position / size);
    int j = (int) (position % size);
    double below = matrix[i * size + j];
    double above = matrix[j * size + i];
    if (Double.isFinite(below) && Double.isFinite(above)) {
      return new TheoryException(
          "expected a symmetric matrix, but entry (%d, %d) is %s and entry (%d, %d) is %s: they"
                  .formatted(i, j, below, j, i, above)
              + " differ by %s; copy one triangle over the other if this is rounding"
                  .formatted(Math.abs(below - above)));
    }
    boolean lower = !Double.isFinite(below);
    return new TheoryException(
        "expected finite numbers, but entry (%d, %d) of the %d x %d matrix is %s (rows and columns"
                .formatted(lower ? i : j, lower ? j : i, size, size, lower ? below : above)
            + " count from 0); look for what made it");
  }

  static void requireShape(double[] matrix, int size) {
    if (size < 1 || (long) size * size != matrix.length) {
      throw new TheoryException(
          "expected the n x n numbers of a square matrix with n >= 1, but n is %d and there are %d"
              .formatted(size, matrix.length));
    }
  }
}
