package dev.shallot.numeric;

/**
 * float64 arithmetic on the linear model of a subnet in a counted round (see {@code
 * dev.shallot.engine.gram}): on n numbers, n x n matrices, and lists of pre-activations. Every sum
 * has a fixed order whatever the width of the vectors.
 *
 * <p>Rows of matrices are as far apart as {@code stride} says, a multiple of 16; what lies between
 * column n and the next multiple of 8 is read, and must be numbers.
 */
public sealed interface LinearKernels permits VectorLinear, ScalarLinear {
  /** Lists are read up to so many entries past their ends. */
  int OVERRUN = 16;

  /**
   * {@code y_i += sum_j x_j matrix_ji}, j upwards.
   *
   * @param y up to the next multiple of 8 is written
   */
  void addProduct(int n, double[] matrix, int stride, double[] x, double[] y);

  /**
   * The product of a symmetric matrix with a vector, and of their absolute values: {@code product_i
   * = sum_j x_j k_ji}, {@code absolute_i = sum_j |x_j k_ji|}, j upwards.
   *
   * @param product up to the next multiple of 8 is written, and so is {@code absolute}
   */
  void products(int n, double[] k, int stride, double[] x, double[] product, double[] absolute);

  /**
   * {@code sum_j x_j y_j}: sixteen interleaved sums, j mod 16, added upwards at the end.
   *
   * @param count a multiple of 16
   * @param scratch 16 numbers that belong to the thread
   */
  double dot(int count, double[] x, int xOffset, double[] y, int yOffset, double[] scratch);

  /**
   * Counts bits by position: {@code counts[j] += sign} for each bit j of a row that is set.
   *
   * @param words how many words of 32 bits
   * @param bits from word {@code offset} on
   */
  void addBits(int words, int[] bits, int offset, int sign, int[] counts);

  /**
   * Finds the entries of a list that are no more than {@code limit} above zero on their way: writes
   * each index k, {@code from <= k < to}, with {@code start_k + factor slope_k <= limit}.
   *
   * @param indices has room for {@link #OVERRUN} more than {@code to - from}
   * @return how many there are
   */
  int close(
      int from, int to, double[] start, double[] slope, double factor, double limit, int[] indices);
}
