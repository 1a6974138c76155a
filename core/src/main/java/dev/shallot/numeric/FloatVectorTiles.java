package dev.shallot.numeric;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The float32 product of sample space, {@link LaneKernels#multiplyAdd}, in vectors.
 *
 * <p>Four rows of the result times four vectors of neurons are summed up in sixteen registers (four
 * times two where registers are half as many): an operand from memory is used four times over. The
 * right-hand side is taken in panels that stay in the first-level cache while all rows go by.
 *
 * <p>{@link DoubleVectorTiles} is this file with the number type replaced, which a test holds true.
 */
final class FloatVectorTiles {
  private static final int BLOCK = LaneKernels.BLOCK;
  private static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  /** 512-bit vectors come with 32 registers, shorter ones here with 16. */
  private static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() == 512;

  /** Neurons that a product's tile works on: as many vectors as leave room for the operands. */
  private static final int TILE = (MANY_REGISTERS ? 4 : 2) * LANES;

  /** Rows of a product's right-hand side that stay in the first-level cache: 32 KiB. */
  private static final int PANEL = 32 * 1024 * 8 / (BLOCK * SPECIES.elementSize());

  private FloatVectorTiles() {}

  static void multiplyAdd(
      int samples,
      int count,
      float[] k,
      int kStride,
      int blocks,
      float[] s,
      int sOffset,
      int sStep,
      float[] z,
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
      int samples, int inner, float[] k, int left, int stride, float[] s, int b, float[] z, int c) {
    for (int i = 0; i < samples; i += 4) {
      if (MANY_REGISTERS) {
        tile4x4(inner, k, left + i * stride, stride, s, b, z, c + i * BLOCK);
      } else {
        tile4x2(inner, k, left + i * stride, stride, s, b, z, c + i * BLOCK);
      }
    }
  }

  private static void tile4x4(
      int inner, float[] left, int a, int lda, float[] s, int b, float[] out, int c) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, out, c);
    FloatVector c01 = FloatVector.fromArray(SPECIES, out, c + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, out, c + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, out, c + 3 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, out, c + BLOCK);
    FloatVector c11 = FloatVector.fromArray(SPECIES, out, c + BLOCK + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, out, c + BLOCK + 2 * LANES);
    FloatVector c13 = FloatVector.fromArray(SPECIES, out, c + BLOCK + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, out, c + 2 * BLOCK);
    FloatVector c21 = FloatVector.fromArray(SPECIES, out, c + 2 * BLOCK + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, out, c + 2 * BLOCK + 2 * LANES);
    FloatVector c23 = FloatVector.fromArray(SPECIES, out, c + 2 * BLOCK + 3 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, out, c + 3 * BLOCK);
    FloatVector c31 = FloatVector.fromArray(SPECIES, out, c + 3 * BLOCK + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, out, c + 3 * BLOCK + 2 * LANES);
    FloatVector c33 = FloatVector.fromArray(SPECIES, out, c + 3 * BLOCK + 3 * LANES);
    for (int k = 0; k < inner; k++) {
      int row = b + k * BLOCK;
      FloatVector b0 = FloatVector.fromArray(SPECIES, s, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, s, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, s, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, s, row + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, left[a + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(SPECIES, left[a + lda + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(SPECIES, left[a + 2 * lda + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(SPECIES, left[a + 3 * lda + k]);
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
      int inner, float[] left, int a, int lda, float[] s, int b, float[] out, int c) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, out, c);
    FloatVector c01 = FloatVector.fromArray(SPECIES, out, c + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, out, c + BLOCK);
    FloatVector c11 = FloatVector.fromArray(SPECIES, out, c + BLOCK + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, out, c + 2 * BLOCK);
    FloatVector c21 = FloatVector.fromArray(SPECIES, out, c + 2 * BLOCK + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, out, c + 3 * BLOCK);
    FloatVector c31 = FloatVector.fromArray(SPECIES, out, c + 3 * BLOCK + LANES);
    for (int k = 0; k < inner; k++) {
      int row = b + k * BLOCK;
      FloatVector b0 = FloatVector.fromArray(SPECIES, s, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, s, row + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, left[a + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, left[a + lda + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, left[a + 2 * lda + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, left[a + 3 * lda + k]);
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
