package dev.shallot.numeric;

/** Matrices of bits, 64 columns a word; bit c of a row is bit c mod 64 of its word c div 64. */
public final class BitMatrix {
  private BitMatrix() {}

  /**
   * Transposes 64 columns: bit i of row {@code 64 column + b} of the target, 32 bits a word, is bit
   * b of word {@code column} of row i.
   *
   * @param bits rows x stride words
   * @param rows of the source; columns of the target
   * @param stride words a row of the source
   * @param column which word of each row
   * @param transposed receives 64 rows of {@code targetStride} words, bits past the last row zero
   * @param square scratch, 64 words
   * @param targetStride words a row of the target, {@code ceil(rows / 32)}
   */
  public static void transposeColumn(
      long[] bits,
      int rows,
      int stride,
      int column,
      int[] transposed,
      int targetStride,
      long[] square) {
    for (int first = 0; first < rows; first += 64) {
      int count = Math.min(64, rows - first);
      for (int i = 0; i < 64; i++) {
        square[i] = i < count ? bits[(first + i) * stride + column] : 0;
      }
      transpose(square);
      for (int b = 0; b < 64; b++) {
        int at = (64 * column + b) * targetStride + first / 32;
        transposed[at] = (int) square[b];
        if (first + 32 < rows) {
          transposed[at + 1] = (int) (square[b] >>> 32);
        }
      }
    }
  }

  /**
   * Transposes 64 x 64 bits in place: exchanges the off-diagonal quarters, then those of each
   * quarter, and so on down to single bits, 32 words at a time.
   */
  static void transpose(long[] square) {
    long mask = 0xFFFFFFFFL;
    for (int half = 32; half != 0; half >>= 1, mask ^= mask << half) {
      for (int row = 0; row < 64; row = (row + half + 1) & ~half) {
        long exchanged = (square[row] >>> half ^ square[row + half]) & mask;
        square[row + half] ^= exchanged;
        square[row] ^= exchanged << half;
      }
    }
  }
}
