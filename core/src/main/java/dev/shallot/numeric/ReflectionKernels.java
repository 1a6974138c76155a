package dev.shallot.numeric;

/**
 * Householder's reduction of a symmetric matrix to three diagonals, in float64: the pass over the
 * matrix that every reflection costs. Everything is elementwise with sums over rows upwards, so all
 * widths of vectors give the same bits.
 */
public sealed interface ReflectionKernels permits VectorReflection, ScalarReflection {
  /** Rows are a multiple of so many numbers apart, and all of them are worked on. */
  int PAD = 32;

  /**
   * Takes the last reflection out of some rows and multiplies them with the next vector, in one
   * pass:
   *
   * <pre>
   *   a_ij  &lt;-  a_ij - v_i w_j - w_i v_j,      image_j = sum_i next_i a_ij     (i upwards)
   * </pre>
   *
   * for rows i = first .. rows-1 and columns j = from .. stride-1. 6 flops an entry.
   *
   * @param first the first row
   * @param rows one more than the last
   * @param from the first column, a multiple of {@value #PAD}
   * @param a the matrix, changed
   * @param stride distance of rows, a multiple of {@value #PAD}; length of all vectors
   * @param v vector of the last reflection
   * @param w the other vector of its update
   * @param next vector of the next reflection
   * @param image receives the product, from {@code from} on
   */
  void reflect(
      int first,
      int rows,
      int from,
      double[] a,
      int stride,
      double[] v,
      double[] w,
      double[] next,
      double[] image);
}
