package dev.shallot.numeric;

/**
 * The arithmetic of an engine on flat arrays of one number type.
 *
 * <p>Every operation fixes the order of its sums, so all providers give the same bits: vectors of
 * any width, and the scalar code. Products go through fused multiply-add everywhere.
 *
 * <p>Matrices are row-major with an explicit stride. The stride of a matrix whose columns are
 * worked on in vectors is {@link #pad padded}, and its padding is zero. Row counts of {@link
 * #multiply} and {@link #multiplyAdd} are multiples of {@link #ROWS}.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public sealed interface Kernels<A>
    permits FloatVectorKernels, DoubleVectorKernels, FloatScalarKernels, DoubleScalarKernels {

  /** Row counts of products are multiples of this. */
  int ROWS = 8;

  /** For people: "512-bit vectors" or "scalar". */
  String description();

  /** The smallest padded stride that holds so many columns. */
  int pad(int columns);

  /** A zeroed array. */
  A allocate(int length);

  /** Copies numbers in, rounding to the number type. */
  void load(double[] from, int fromOffset, A to, int toOffset, int count);

  /** Copies numbers out. */
  void store(A from, int fromOffset, double[] to, int toOffset, int count);

  /** Sets a range to zero. */
  void clear(A array, int offset, int count);

  /** Length of a packed right-hand side of so many rows and columns. */
  int packedLength(int inner, int columns);

  /**
   * Packs the right-hand side of a product into panels, each as wide as two vectors (the last one
   * may be one), so that a product reads it front to back. Entry (k, j) is {@code matrix[rows[j or
   * k] ...]}: see the two callers {@link #packRows} and {@link #packTransposed}.
   *
   * <p>Packs B = M: entry (k, j) = M[index[k], j].
   *
   * @param matrix M, row-major
   * @param stride of M
   * @param index which rows of M, {@code inner} of them
   * @param inner rows of B
   * @param columns columns of B
   * @param packed receives the panels
   */
  void packRows(A matrix, int stride, int[] index, int inner, int columns, A packed);

  /**
   * Packs B = M transposed: entry (k, j) = M[index[j], k].
   *
   * @param matrix M, row-major
   * @param stride of M
   * @param index which rows of M, {@code columns} of them
   * @param inner rows of B, columns of M
   * @param columns columns of B
   * @param packed receives the panels
   */
  void packTransposed(A matrix, int stride, int[] index, int inner, int columns, A packed);

  /**
   * {@code C = A B}: each entry is summed over k upwards.
   *
   * @param rows of A and C, a multiple of {@link #ROWS}
   * @param inner columns of A, rows of B
   * @param columns of B and C; C is written up to the padded count
   * @param left A
   * @param leftOffset where A starts
   * @param leftStride of A
   * @param packed B, packed
   * @param out C
   * @param outOffset where C starts
   * @param outStride of C, padded
   */
  void multiply(
      int rows,
      int inner,
      int columns,
      A left,
      int leftOffset,
      int leftStride,
      A packed,
      A out,
      int outOffset,
      int outStride);

  /** {@code C += A B}; see {@link #multiply}. */
  void multiplyAdd(
      int rows,
      int inner,
      int columns,
      A left,
      int leftOffset,
      int leftStride,
      A packed,
      A out,
      int outOffset,
      int outStride);

  /** {@code out = z < 0 ? 0 : z}; a NaN stays one. */
  void relu(int count, A z, int zOffset, A out, int outOffset);

  /** {@code q = 1{z active} q}, elementwise. A z of exactly zero is active if so said. */
  void gate(int count, A z, int zOffset, boolean activeAtZero, A q, int qOffset);

  /**
   * {@code sums[o, i] = sum_r a[r, o] h[r, i]}, r upwards.
   *
   * @param rows number of rows r
   * @param columns padded number of columns i, also the stride of h and sums
   * @param outputs number of outputs o
   * @param h rows x columns
   * @param a rows x outputs, stride outputs
   * @param sums outputs x columns, overwritten
   * @param rectify whether h stands for max(h, 0)
   */
  void sumOverRows(
      int rows,
      int columns,
      int outputs,
      A h,
      int hOffset,
      A a,
      int aOffset,
      A sums,
      int sumsOffset,
      boolean rectify);

  /**
   * What flows back into the hidden layer, in place of z: {@code z[r, i] = 1{z[r, i] active}
   * coefficient sum_o a[r, o] e[o, i]}.
   *
   * @param rows number of rows r
   * @param columns padded number of columns, the stride of z and e
   * @param outputs number of outputs
   * @param e outputs x columns
   * @param activeAtZero whether z = 0 is active
   */
  void backward(
      int rows,
      int columns,
      int outputs,
      A z,
      int zOffset,
      A a,
      int aOffset,
      A e,
      double coefficient,
      boolean activeAtZero);

  /** {@code to += from}. */
  void add(int count, A from, int fromOffset, A to, int toOffset);

  /** {@code to *= from}, elementwise. */
  void times(int count, A from, int fromOffset, A to, int toOffset);

  /** {@code to += factor * from}. */
  void addScaled(int count, double factor, A from, int fromOffset, A to, int toOffset);

  /** {@code to /= divisor}. */
  void divide(int count, double divisor, A to, int toOffset);

  /**
   * {@code e = scale * sums - y}, and the sum of its squares in float64, index upwards.
   *
   * @return sum of e^2
   */
  double residual(int count, double scale, A sums, A y, A e);

  /** sum (x - y)^2: sixteen interleaved sums, index mod 16, added upwards at the end. */
  double squaredDistance(int count, A x, int xOffset, A y, int yOffset);

  /**
   * Bit i of row r is 1{z[r, i] active}, for i below {@code columns}; the bits above are 0.
   *
   * @param rows number of rows
   * @param columns valid columns
   * @param stride of z, padded
   * @param bits receives {@code ceil(columns / 64)} words a row
   */
  void activations(
      int rows,
      int columns,
      int stride,
      A z,
      int zOffset,
      boolean activeAtZero,
      long[] bits,
      int bitsOffset);
}
