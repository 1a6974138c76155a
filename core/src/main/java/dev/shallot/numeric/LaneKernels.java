package dev.shallot.numeric;

/**
 * The arithmetic of sample space: neurons lie along the lanes of a vector, samples down the rows.
 *
 * <p>A <em>block</em> holds {@value #BLOCK} neurons: row i of a block is the numbers of sample i,
 * at {@code offset + i * 64}. As in {@link Kernels}, every sum has a fixed order, whatever the
 * width of the vectors.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public sealed interface LaneKernels<A>
    permits FloatVectorLanes, DoubleVectorLanes, FloatScalarLanes, DoubleScalarLanes {

  /** Neurons of a block. */
  int BLOCK = 64;

  /**
   * {@code sums[o * stride + i] = sum_r a[o, r] relu(z[i, r])} over some neurons: sixteen
   * interleaved sums, r mod 16, added upwards at the end.
   *
   * @param samples n
   * @param outputs c
   * @param width neurons, a multiple of 64; also the stride of z and a
   * @param z samples x width
   * @param a outputs x width
   * @param sums outputs x stride
   * @param scratch 16 numbers that belong to the thread
   */
  void sumOverNeurons(
      int samples,
      int outputs,
      int width,
      A z,
      int zOffset,
      A a,
      int aOffset,
      A sums,
      int sumsOffset,
      int stride,
      A scratch);

  /**
   * What flows back: {@code s[k, r] = 1{z[i, r] active} coefficient sum_o a[o, r] e[o * stride +
   * i]} with i the k-th of the given samples.
   *
   * @param index the samples of the step
   * @param count how many
   * @param s receives count rows of 64
   */
  void backward(
      int[] index,
      int count,
      int outputs,
      A z,
      int zOffset,
      A a,
      int aOffset,
      A e,
      int stride,
      double coefficient,
      boolean activeAtZero,
      A s,
      int sOffset);

  /** {@code to[index[k], r] += s[k, r]}. */
  void addRows(int[] index, int count, A s, int sOffset, A to, int toOffset);

  /**
   * {@code gradient[o, r] = sum_k e[o * stride + index[k]] relu(z[index[k], r])}, k upwards.
   *
   * @param gradient outputs x 64
   */
  void outputGradient(
      int[] index,
      int count,
      int outputs,
      A z,
      int zOffset,
      A e,
      int stride,
      A gradient,
      int gradientOffset);

  /**
   * {@code z += K s}: z has {@code samples} rows, K is samples x count, s has count rows; each
   * number is one chain of fused multiply-adds over the columns of K, upwards.
   *
   * @param samples rows of K and z; both have room for a multiple of 8 rows
   * @param count columns of K, rows of s
   * @param k K, row-major
   * @param kStride of K
   */
  default void multiplyAdd(
      int samples, int count, A k, int kStride, A s, int sOffset, A z, int zOffset) {
    multiplyAdd(samples, count, k, kStride, 1, s, sOffset, 0, z, zOffset, 0);
  }

  /**
   * The same for several blocks, which pass K, where it is large, through the caches only once.
   *
   * @param blocks how many
   * @param sStep from one block's s to the next one's
   * @param zStep from one block's z to the next one's
   */
  void multiplyAdd(
      int samples,
      int count,
      A k,
      int kStride,
      int blocks,
      A s,
      int sOffset,
      int sStep,
      A z,
      int zOffset,
      int zStep);

  /**
   * Copies the chosen entries of a row side by side.
   *
   * @param chosen bit r says whether entry r is chosen
   * @param wordOffset where the bits start
   * @param width length of the row
   */
  void compress(
      long[] chosen, int wordOffset, int width, A row, int rowOffset, A out, int outOffset);

  /**
   * Aggregates a row that subnets trained: each {@code whole[r]} becomes the mean of its rows.
   *
   * @param sums the sum of the trained rows, 0 where none is
   * @param coverage X_r, as numbers of the array type
   * @param divisor 0 to divide by the coverage, p to divide by the number of subnets
   * @param zeroUncovered whether a neuron of coverage 0 becomes zero; else it stays
   */
  void replaceByMean(
      int width, A sums, int offset, A coverage, int divisor, boolean zeroUncovered, A whole);

  /** The same for a row of changes: {@code whole[r] += sums[r] / X_r} or {@code / p}. */
  void addMean(
      int width, A sums, int offset, A coverage, int divisor, boolean zeroUncovered, A whole);

  /** {@code dots[r] = sum_i x[i, r] y[i, r]} for the neurons of a block, in float64. */
  void dots(int samples, A x, A y, int offset, double[] dots);

  /** {@code row[r] += next of in} for each chosen entry r, upwards. */
  void expandAdd(
      long[] chosen, int wordOffset, int width, A in, int inOffset, A row, int rowOffset);
}
