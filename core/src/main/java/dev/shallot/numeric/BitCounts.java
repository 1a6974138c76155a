package dev.shallot.numeric;

/**
 * Counts the bits that rows of bits have in common: the integer product of two 0/1 matrices.
 *
 * <p>Rows are counted in <em>panels</em> of {@value #PANEL}: word w of row i lies at {@link
 * #index}, so that the same word of eight rows fills a vector. A caller may write its bits there
 * itself, or let {@link #pack} copy ordinary rows. Bit r of a row is bit {@code r mod 64} of word
 * {@code r div 64}, as in {@link Kernels#activations}. Rows that fill up the last panel are zero,
 * and so are bits past the last one of interest, in one of the two matrices at least.
 *
 * <p>Tables of counts have room for {@link #pad} rows and columns and receive all of them. Counts
 * are exact, so all providers agree. Nothing is allocated.
 */
public sealed interface BitCounts permits VectorBitCounts, ScalarBitCounts {

  /** Rows of a panel. */
  int PANEL = 8;

  /** The number of rows rounded up to whole panels. */
  static int pad(int rows) {
    return (rows + PANEL - 1) / PANEL * PANEL;
  }

  /** Length of so many rows of so many words in panels. */
  static int packedLength(int rows, int words) {
    return Math.multiplyExact(pad(rows), words);
  }

  /** Where word {@code word} of row {@code row} lies in panels of rows of so many words. */
  static int index(int row, int word, int words) {
    return (row / PANEL * words + word) * PANEL + row % PANEL;
  }

  /**
   * Copies ordinary rows into panels and zeroes the rows that fill up the last one.
   *
   * @param rows how many
   * @param bits row i starts at {@code offset + i * stride}
   * @param words length of a row
   * @param packed receives {@link #packedLength} words from index {@code to} on
   */
  static void pack(
      int rows, long[] bits, int offset, int stride, int words, long[] packed, int to) {
    for (int panel = 0; panel < rows; panel += PANEL) {
      int start = to + panel * words;
      for (int p = 0; p < PANEL; p++) {
        boolean there = panel + p < rows;
        int from = there ? offset + (panel + p) * stride : 0;
        for (int w = 0; w < words; w++) {
          packed[start + w * PANEL + p] = there ? bits[from + w] : 0L;
        }
      }
    }
  }

  /**
   * {@code counts[i, j] = popcount(A_i AND B_j)}: {@code rowsA x rowsB x words / 8} steps of three
   * 512-bit instructions (and, count, add).
   *
   * @param rowsA rows of A and of counts
   * @param a A in panels, from index {@code aOffset} on
   * @param rowsB rows of B, columns of counts
   * @param b B in panels, from index {@code bOffset} on
   * @param words length of a row, at most 2^25 - 1, so that an int holds its bits
   * @param counts receives entry (i, j) at {@code countsOffset + i * countsStride + j}
   */
  void andCounts(
      int rowsA,
      long[] a,
      int aOffset,
      int rowsB,
      long[] b,
      int bOffset,
      int words,
      int[] counts,
      int countsOffset,
      int countsStride);

  /**
   * {@code counts[i, j] = counts[j, i] = popcount(A_i AND A_j)}: {@link #andCounts} of a matrix
   * with itself for half the steps.
   *
   * @param rows rows of A, rows and columns of counts
   * @param packed A in panels, from index {@code offset} on
   * @param words length of a row
   * @param counts receives entry (i, j) at {@code i * countsStride + j}
   */
  void symmetricCounts(
      int rows, long[] packed, int offset, int words, int[] counts, int countsStride);
}
