package dev.shallot.numeric;

/** {@link BitCounts} without the Vector API. */
final class ScalarBitCounts implements BitCounts {
  @Override
  public void andCounts(
      int rowsA,
      long[] a,
      int aOffset,
      int rowsB,
      long[] b,
      int bOffset,
      int words,
      int[] counts,
      int countsOffset,
      int countsStride) {
    for (int i = 0; i < BitCounts.pad(rowsA); i++) {
      for (int j = 0; j < BitCounts.pad(rowsB); j++) {
        counts[countsOffset + i * countsStride + j] = common(a, aOffset, i, b, bOffset, j, words);
      }
    }
  }

  @Override
  public void symmetricCounts(
      int rows, long[] packed, int offset, int words, int[] counts, int countsStride) {
    for (int i = 0; i < BitCounts.pad(rows); i++) {
      for (int j = 0; j <= i; j++) {
        int count = common(packed, offset, i, packed, offset, j, words);
        counts[i * countsStride + j] = count;
        counts[j * countsStride + i] = count;
      }
    }
  }

  private static int common(long[] a, int aOffset, int i, long[] b, int bOffset, int j, int words) {
    int from = aOffset + BitCounts.index(i, 0, words);
    int with = bOffset + BitCounts.index(j, 0, words);
    int count = 0;
    for (int w = 0; w < words; w++) {
      count += Long.bitCount(a[from + w * PANEL] & b[with + w * PANEL]);
    }
    return count;
  }
}
