package dev.shallot.numeric;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BitCounts} in vectors of words.
 *
 * <p><b>Rows along the lanes.</b> A lane belongs to a row of B and not to a piece of a row: a step
 * loads the same word of eight rows of B, and meets each with that word of eight rows of A,
 * broadcast. So the sixty-four counts of two panels stay in the lanes of eight registers and are
 * stored as they are. (Words along the lanes would need no panels, but lanes must then be added up
 * for each pair, and a row of 63 words is only eight vectors long: measured 43 us in place of 29 us
 * for 100 rows. It would also need a masked load at the end of each row.)
 *
 * <p><b>The limit.</b> A pair of words costs three instructions a vector (and, count, add), and
 * machines with 512-bit vectors issue two of them a cycle: 16/3 words a cycle. Adding carries first
 * (Harley and Seal) is no way round: a full adder takes two instructions and saves two. Loads, nine
 * for 24 instructions, and the loop hide behind that.
 */
final class VectorBitCounts implements BitCounts {
  /** Words at a time, so that a panel of A stays in the first cache while those of B pass. */
  private static final int PIECE = 256;

  private static final VectorSpecies<Long> SPECIES =
      VectorSpecies.of(long.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  /** As many ints as a vector has longs. */
  private static final VectorSpecies<Integer> NARROW =
      VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

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
    for (int w = 0; w == 0 || w < words; w += PIECE) {
      int piece = Math.min(PIECE, words - w);
      for (int i = 0; i < rowsA; i += PANEL) {
        int x = aOffset + i * words + w * PANEL;
        for (int j = 0; j < rowsB; j += PANEL) {
          int y = bOffset + j * words + w * PANEL;
          panels(
              a, x, b, y, piece, counts, countsOffset + i * countsStride + j, countsStride, w > 0);
        }
      }
    }
  }

  @Override
  public void symmetricCounts(
      int rows, long[] packed, int offset, int words, int[] counts, int countsStride) {
    for (int w = 0; w == 0 || w < words; w += PIECE) {
      int piece = Math.min(PIECE, words - w);
      boolean last = w + PIECE >= words;
      for (int i = 0; i < rows; i += PANEL) {
        int x = offset + i * words + w * PANEL;
        for (int j = i; j < rows; j += PANEL) {
          int y = offset + j * words + w * PANEL;
          int to = i * countsStride + j;
          panels(packed, x, packed, y, piece, counts, to, countsStride, w > 0);
          if (last && j > i) {
            mirror(counts, to, j * countsStride + i, countsStride);
          }
        }
      }
    }
  }

  private static void mirror(int[] counts, int from, int to, int stride) {
    for (int v = 0; v < PANEL; v++) {
      int at = to + v * stride;
      for (int u = 0; u < PANEL; u++) {
        counts[at + u] = counts[from + u * stride + v];
      }
    }
  }

  private static void panels(
      long[] a,
      int from,
      long[] b,
      int with,
      int words,
      int[] counts,
      int to,
      int stride,
      boolean add) {
    for (int lane = 0; lane < PANEL; lane += LANES) {
      int y = with + lane;
      int at = to + lane;
      LongVector zero = LongVector.zero(SPECIES);
      LongVector c0 = zero;
      LongVector c1 = zero;
      LongVector c2 = zero;
      LongVector c3 = zero;
      LongVector c4 = zero;
      LongVector c5 = zero;
      LongVector c6 = zero;
      LongVector c7 = zero;
      if (add) {
        c0 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c1 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c2 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + 2 * stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c3 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + 3 * stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c4 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + 4 * stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c5 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + 5 * stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c6 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + 6 * stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
        c7 =
            (LongVector)
                IntVector.fromArray(NARROW, counts, at + 7 * stride)
                    .convertShape(VectorOperators.I2L, SPECIES, 0);
      }
      for (int w = 0; w < words; w++) {
        int x = from + w * PANEL;
        LongVector row = LongVector.fromArray(SPECIES, b, y + w * PANEL);
        c0 =
            c0.add(
                row.and(LongVector.broadcast(SPECIES, a[x])).lanewise(VectorOperators.BIT_COUNT));
        c1 =
            c1.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 1]))
                    .lanewise(VectorOperators.BIT_COUNT));
        c2 =
            c2.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 2]))
                    .lanewise(VectorOperators.BIT_COUNT));
        c3 =
            c3.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 3]))
                    .lanewise(VectorOperators.BIT_COUNT));
        c4 =
            c4.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 4]))
                    .lanewise(VectorOperators.BIT_COUNT));
        c5 =
            c5.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 5]))
                    .lanewise(VectorOperators.BIT_COUNT));
        c6 =
            c6.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 6]))
                    .lanewise(VectorOperators.BIT_COUNT));
        c7 =
            c7.add(
                row.and(LongVector.broadcast(SPECIES, a[x + 7]))
                    .lanewise(VectorOperators.BIT_COUNT));
      }
      ((IntVector) c0.convertShape(VectorOperators.L2I, NARROW, 0)).intoArray(counts, at);
      ((IntVector) c1.convertShape(VectorOperators.L2I, NARROW, 0)).intoArray(counts, at + stride);
      ((IntVector) c2.convertShape(VectorOperators.L2I, NARROW, 0))
          .intoArray(counts, at + 2 * stride);
      ((IntVector) c3.convertShape(VectorOperators.L2I, NARROW, 0))
          .intoArray(counts, at + 3 * stride);
      ((IntVector) c4.convertShape(VectorOperators.L2I, NARROW, 0))
          .intoArray(counts, at + 4 * stride);
      ((IntVector) c5.convertShape(VectorOperators.L2I, NARROW, 0))
          .intoArray(counts, at + 5 * stride);
      ((IntVector) c6.convertShape(VectorOperators.L2I, NARROW, 0))
          .intoArray(counts, at + 6 * stride);
      ((IntVector) c7.convertShape(VectorOperators.L2I, NARROW, 0))
          .intoArray(counts, at + 7 * stride);
    }
  }
}
