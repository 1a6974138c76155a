package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The float64 product of sample space, {@link LaneKernels#multiplyAdd}, in vectors.
 *
 * <p>Four rows of the result times four vectors of neurons are summed up in sixteen registers (four
 * times two where registers are half as many): an operand from memory is used four times over. The
 * right-hand side is taken in panels that stay in the first-level cache while all rows go by.
 *
 * <p>{@link FloatVectorTiles} is this file with the number type replaced, which a test holds true.
 */
final class DoubleVectorTiles {
  private static final int BLOCK = LaneKernels.BLOCK;
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  /** 512-bit vectors come with 32 registers, shorter ones here with 16. */
  private static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() == 512;

  /** Neurons that a product's tile works on: as many vectors as leave room for the operands. */
  private static final int TILE = (MANY_REGISTERS ? 4 : 2) * LANES;

  /** Rows of a product's right-hand side that stay in the first-level cache: 32 KiB. */
  private static final int PANEL = 32 * 1024 * 8 / (BLOCK * SPECIES.elementSize());

  private DoubleVectorTiles() {}

  static void multiplyAdd(
      int samples,
      int count,
      double[] k,
      int kStride,
      int blocks,
      double[] s,
      int sOffset,
      int sStep,
      double[] z,
      int zOffset,
      int zStep) {
    for (int first = 0; first < count; first += PANEL) {
      for (int block = 0; block < blocks; block++) {
        int panel = sOffset + block * sStep + first * BLOCK;
        for (int r = 0; r < BLOCK; r += TILE) {
          int to = zOffset + block * zStep + r;
          stripe(samples, Math.min(PANEL, count - first), k, first, kStride, s, panel + r, z, to);
        }
      }
    }
  }

  /** One panel of s, as wide as a tile, for all samples. */
  private static void stripe(
      int samples,
      int inner,
      double[] k,
      int left,
      int stride,
      double[] s,
      int b,
      double[] z,
      int c) {
    for (int i = 0; i < samples; i += 4) {
      if (MANY_REGISTERS) {
        tile4x4(inner, k, left + i * stride, stride, s, b, z, c + i * BLOCK);
      } else {
        tile4x2(inner, k, left + i * stride, stride, s, b, z, c + i * BLOCK);
      }
    }
  }

  private static void tile4x4(
      int inner, double[] left, int a, int lda, double[] s, int b, double[] out, int c) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, out, c);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, out, c + LANES);
    DoubleVector c02 = DoubleVector.fromArray(SPECIES, out, c + 2 * LANES);
    DoubleVector c03 = DoubleVector.fromArray(SPECIES, out, c + 3 * LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, out, c + BLOCK);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, out, c + BLOCK + LANES);
    DoubleVector c12 = DoubleVector.fromArray(SPECIES, out, c + BLOCK + 2 * LANES);
    DoubleVector c13 = DoubleVector.fromArray(SPECIES, out, c + BLOCK + 3 * LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, out, c + 2 * BLOCK);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, out, c + 2 * BLOCK + LANES);
    DoubleVector c22 = DoubleVector.fromArray(SPECIES, out, c + 2 * BLOCK + 2 * LANES);
    DoubleVector c23 = DoubleVector.fromArray(SPECIES, out, c + 2 * BLOCK + 3 * LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, out, c + 3 * BLOCK);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, out, c + 3 * BLOCK + LANES);
    DoubleVector c32 = DoubleVector.fromArray(SPECIES, out, c + 3 * BLOCK + 2 * LANES);
    DoubleVector c33 = DoubleVector.fromArray(SPECIES, out, c + 3 * BLOCK + 3 * LANES);
    for (int k = 0; k < inner; k++) {
      int row = b + k * BLOCK;
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, s, row);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, s, row + LANES);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, s, row + 2 * LANES);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, s, row + 3 * LANES);
      DoubleVector x = DoubleVector.broadcast(SPECIES, left[a + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(SPECIES, left[a + lda + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = DoubleVector.broadcast(SPECIES, left[a + 2 * lda + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = DoubleVector.broadcast(SPECIES, left[a + 3 * lda + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + LANES);
    c02.intoArray(out, c + 2 * LANES);
    c03.intoArray(out, c + 3 * LANES);
    c10.intoArray(out, c + BLOCK);
    c11.intoArray(out, c + BLOCK + LANES);
    c12.intoArray(out, c + BLOCK + 2 * LANES);
    c13.intoArray(out, c + BLOCK + 3 * LANES);
    c20.intoArray(out, c + 2 * BLOCK);
    c21.intoArray(out, c + 2 * BLOCK + LANES);
    c22.intoArray(out, c + 2 * BLOCK + 2 * LANES);
    c23.intoArray(out, c + 2 * BLOCK + 3 * LANES);
    c30.intoArray(out, c + 3 * BLOCK);
    c31.intoArray(out, c + 3 * BLOCK + LANES);
    c32.intoArray(out, c + 3 * BLOCK + 2 * LANES);
    c33.intoArray(out, c + 3 * BLOCK + 3 * LANES);
  }

  private static void tile4x2(
      int inner, double[] left, int a, int lda, double[] s, int b, double[] out, int c) {
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, out, c);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, out, c + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, out, c + BLOCK);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, out, c + BLOCK + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, out, c + 2 * BLOCK);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, out, c + 2 * BLOCK + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, out, c + 3 * BLOCK);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, out, c + 3 * BLOCK + LANES);
    for (int k = 0; k < inner; k++) {
      int row = b + k * BLOCK;
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, s, row);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, s, row + LANES);
      DoubleVector x = DoubleVector.broadcast(SPECIES, left[a + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(SPECIES, left[a + lda + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(SPECIES, left[a + 2 * lda + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(SPECIES, left[a + 3 * lda + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + LANES);
    c10.intoArray(out, c + BLOCK);
    c11.intoArray(out, c + BLOCK + LANES);
    c20.intoArray(out, c + 2 * BLOCK);
    c21.intoArray(out, c + 2 * BLOCK + LANES);
    c30.intoArray(out, c + 3 * BLOCK);
    c31.intoArray(out, c + 3 * BLOCK + LANES);
  }
}
