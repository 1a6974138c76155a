package dev.shallot.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Counts are what counting one word after the other gives, for every shape. */
class BitCountsTest {
  private static final int[] ROWS = {1, 2, 7, 8, 9, 13, 25, 33};
  private static final int[] WORDS = {0, 1, 3, 7, 8, 9, 63, 64, 207, 256, 257, 702};
  private static final long SEED = 11;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private long[] rows(int rows, int stride) {
    long[] bits = random.longs((long) rows * stride).toArray();
    Arrays.fill(bits, 0, Math.min(bits.length, 9), -1L);
    return bits;
  }

  private static int common(long[] a, int from, long[] b, int with, int words) {
    int count = 0;
    for (int w = 0; w < words; w++) {
      count += Long.bitCount(a[from + w] & b[with + w]);
    }
    return count;
  }

  @Test
  void everyPairIsCountedInBothProviders() {
    for (int words : WORDS) {
      for (int rowsA : ROWS) {
        int rowsB = ROWS[(rowsA + words) % ROWS.length];
        int stride = words + 2;
        long[] a = rows(rowsA, stride);
        long[] b = rows(rowsB, stride);
        int gap = 5;
        long[] packedA = new long[gap + BitCounts.packedLength(rowsA, words)];
        long[] packedB = new long[1 + BitCounts.packedLength(rowsB, words)];
        Arrays.fill(packedA, -1L);
        Arrays.fill(packedB, -1L);
        BitCounts.pack(rowsA, a, 1, stride, words, packedA, gap);
        BitCounts.pack(rowsB, b, 1, stride, words, packedB, 1);
        int countsStride = BitCounts.pad(rowsB) + 3;
        for (BitCounts counter : new BitCounts[] {Simd.bitCounts(), Simd.scalarBitCounts()}) {
          int[] counts = new int[2 + BitCounts.pad(rowsA) * countsStride];
          Arrays.fill(counts, 77);
          counter.andCounts(rowsA, packedA, gap, rowsB, packedB, 1, words, counts, 2, countsStride);
          for (int i = 0; i < BitCounts.pad(rowsA); i++) {
            for (int j = 0; j < BitCounts.pad(rowsB); j++) {
              int expected =
                  i < rowsA && j < rowsB ? common(a, 1 + i * stride, b, 1 + j * stride, words) : 0;
              assertEquals(
                  expected,
                  counts[2 + i * countsStride + j],
                  "%d x %d rows of %d words, pair (%d, %d), seed %d"
                      .formatted(rowsA, rowsB, words, i, j, SEED));
            }
          }
          assertEquals(77, counts[1]);
        }
      }
    }
  }

  @Test
  void symmetricCountsAreThoseOfAMatrixWithItself() {
    for (int words : WORDS) {
      for (int rows : ROWS) {
        long[] packed = new long[3 + BitCounts.packedLength(rows, words)];
        BitCounts.pack(rows, rows(rows, words), 0, words, words, packed, 3);
        int stride = BitCounts.pad(rows);
        int[] expected = new int[stride * stride];
        BitCounts scalar = Simd.scalarBitCounts();
        scalar.andCounts(rows, packed, 3, rows, packed, 3, words, expected, 0, stride);
        for (BitCounts counter : new BitCounts[] {Simd.bitCounts(), scalar}) {
          int[] counts = new int[stride * stride];
          counter.symmetricCounts(rows, packed, 3, words, counts, stride);
          assertEquals(
              Arrays.toString(expected),
              Arrays.toString(counts),
              "%d rows of %d words, seed %d".formatted(rows, words, SEED));
        }
      }
    }
  }

  @Test
  void aWordLiesWhereIndexSays() {
    int words = 3;
    long[] bits = random.longs(10L * words).toArray();
    long[] packed = new long[BitCounts.packedLength(10, words)];
    BitCounts.pack(10, bits, 0, words, words, packed, 0);
    for (int row = 0; row < 10; row++) {
      for (int w = 0; w < words; w++) {
        assertEquals(bits[row * words + w], packed[BitCounts.index(row, w, words)]);
      }
    }
  }
}
