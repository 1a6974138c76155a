package dev.shallot.numeric;

/**
 * The arithmetic of Cholesky's factorisation and of what is solved with it, in float64.
 *
 * <p><b>Row panels.</b> The lower triangle of an n x n matrix lies in one flat array, panel after
 * panel. A panel holds {@value #ROWS} rows, column by column: panel p holds rows 24p .. 24p+23 and
 * the columns up to its own diagonal, 24 (p + 1) of them, so entry (i, k) stands at
 *
 * <pre>start(i div 24) + 24 k + i mod 24,      start(p) = 288 p (p + 1).</pre>
 *
 * <p>Half the memory of the matrix, and one layout for every role that a piece of L plays in L_i
 * L_j^T: the rows of panel i are loaded as vectors, the numbers of panel j are broadcast, and the
 * entries of the target, 24 a column, are vectors again. All three are read front to back; nothing
 * is ever repacked. 24 rows are three vectors of 512 bits, six of 256, twelve of 128.
 *
 * <p>The last panel is filled up with the rows of an identity matrix. What stands above the
 * diagonal inside a diagonal block is zero once it is factored.
 *
 * <p>As in {@link Kernels}, every sum has a fixed order, so all widths give the same bits: a chain
 * of fused multiply-adds over k upwards, from zero, for each call; the caller chooses the pieces
 * that the sum over k is cut into, and each piece is subtracted from the target as a whole. Short
 * pieces make the proven bound on rounding small: see {@code dev.shallot.spectrum.Rounding}.
 */
public sealed interface TriangleKernels permits VectorTriangleKernels, ScalarTriangleKernels {

  /** Rows of a panel. */
  int ROWS = 24;

  /** Numbers of a block: 24 x 24. */
  int BLOCK = ROWS * ROWS;

  /** The kernels in force, see {@link Simd}. */
  static TriangleKernels inForce() {
    return Simd.choice().equals("off") || !Simd.vectorModulePresent()
        ? new ScalarTriangleKernels()
        : new VectorTriangleKernels();
  }

  /** The scalar kernels, whatever is in force. */
  static TriangleKernels scalar() {
    return new ScalarTriangleKernels();
  }

  /** How many panels hold so many rows. */
  static int panels(int rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** Where a panel starts; {@code start(panels(n))} is the length of the array. */
  static int start(int panel) {
    return Math.multiplyExact(BLOCK / 2, Math.multiplyExact(panel, panel + 1));
  }

  /** For people: "512-bit vectors" or "scalar". */
  String description();

  /**
   * {@code C -= A B^T} on a block: {@code C[c, r] -= sum_k A[k, r] B[k, c]}, k upwards, with {@code
   * X[k, r]} at {@code offset + 24 k + r}. 2 * 576 * depth flops.
   *
   * @param depth how many columns k
   * @param panels holds all three
   * @param rows where A starts
   * @param columns where B starts
   * @param target where C starts
   */
  void update(int depth, double[] panels, int rows, int columns, int target);

  /**
   * {@code X = C L^-T} on a block, in place of C: column c becomes {@code (C_c - sum_{k<c} X_k L[c,
   * k]) / L[c, c]}, k upwards.
   *
   * @param panels holds both
   * @param diagonal where the factored diagonal block L starts
   * @param target where C starts
   */
  void solve(double[] panels, int diagonal, int target);

  /**
   * {@code out[r] -= sum_k A[k, r] y[k]} for the 24 rows of a panel, k upwards.
   *
   * @param depth how many columns k
   * @param panels holds A
   * @param rows where A starts
   * @param y depth numbers from {@code yOffset} on
   * @param out 24 numbers from {@code outOffset} on
   */
  void forward(
      int depth, double[] panels, int rows, double[] y, int yOffset, double[] out, int outOffset);

  /**
   * {@code out[k] -= sum_i L[i, k] x[i]} over the rows i of some panels, for some columns k: for
   * each k there are 24 sums, one for each row of a panel, over the panels upwards; then they are
   * folded: r with r + 12, r with r + 6, r with r + 3, and the last three upwards.
   *
   * @param first the first panel
   * @param count how many panels
   * @param panels holds L
   * @param x the row i stands at x[i]
   * @param firstColumn the first column k
   * @param columns how many columns k, all of them left of the panels' diagonal blocks
   * @param out out[k] is changed
   */
  void backward(
      int first,
      int count,
      double[] panels,
      double[] x,
      int firstColumn,
      int columns,
      double[] out);

  /** {@code sum x_i y_i}: sixteen interleaved sums, i mod 16, added upwards at the end. */
  double dot(int count, double[] x, int xOffset, double[] y, int yOffset);

  /** {@code sum |x_i| |y_i|}, in the same order. */
  double absoluteDot(int count, double[] x, int xOffset, double[] y, int yOffset);

  /** {@code to += factor * from}. */
  void addScaled(
      int count, double factor, double[] from, int fromOffset, double[] to, int toOffset);

  /**
   * Factors a diagonal block in place: C = L L^T, column by column, and zeroes what is above its
   * diagonal.
   *
   * @return the column whose pivot is not above zero (or not a number), where the work stopped; -1
   *     if there is none
   */
  static int factor(double[] panels, int diagonal) {
    for (int j = 0; j < ROWS; j++) {
      int column = diagonal + j * ROWS;
      for (int k = 0; k < j; k++) {
        int other = diagonal + k * ROWS;
        double weight = -panels[other + j];
        for (int r = j; r < ROWS; r++) {
          panels[column + r] = Math.fma(panels[other + r], weight, panels[column + r]);
        }
      }
      double pivot = panels[column + j];
      if (!(pivot > 0.0) || pivot == Double.POSITIVE_INFINITY) {
        return j;
      }
      double root = Math.sqrt(pivot);
      panels[column + j] = root;
      for (int r = j + 1; r < ROWS; r++) {
        panels[column + r] /= root;
      }
      for (int r = 0; r < j; r++) {
        panels[column + r] = 0.0;
      }
    }
    return -1;
  }

  /** Solves L y = b on a diagonal block, in place of b. */
  static void forwardBlock(double[] panels, int diagonal, double[] b, int offset) {
    for (int j = 0; j < ROWS; j++) {
      int column = diagonal + j * ROWS;
      double value = b[offset + j] / panels[column + j];
      b[offset + j] = value;
      for (int r = j + 1; r < ROWS; r++) {
        b[offset + r] = Math.fma(-panels[column + r], value, b[offset + r]);
      }
    }
  }

  /** Solves L^T x = y on a diagonal block, in place of y. */
  static void backwardBlock(double[] panels, int diagonal, double[] y, int offset) {
    for (int j = ROWS - 1; j >= 0; j--) {
      int column = diagonal + j * ROWS;
      double value = y[offset + j];
      for (int r = ROWS - 1; r > j; r--) {
        value = Math.fma(-panels[column + r], y[offset + r], value);
      }
      y[offset + j] = value / panels[column + j];
    }
  }
}
