package dev.shallot.numeric;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * float32 in vectors.
 *
 * <p><b>The product.</b> C = A B with B packed into panels two vectors wide. For eight rows of A
 * and one panel, sixteen accumulators stay in registers over the whole inner loop: each step loads
 * two vectors of B, broadcasts eight numbers of A and issues sixteen fused multiply-adds, so loads
 * (ten) never outnumber the multiply-adds that they feed. Eight rows need 16 + 2 + 1 registers,
 * which AVX-512 (32) has; with 16 registers four rows at a time are taken. The panel (inner x 2
 * vectors) is read once per group of rows and stays in the first or second cache. Which rows share
 * registers does not change a single sum: each entry is one chain over k.
 *
 * <p>(The file is long because each kernel must be one method, and the register tiles are written
 * out.)
 *
 * <p>A vector must never cross a call that is not inlined, or it is boxed; so each kernel is one
 * method with its vectors in local variables. {@link DoubleVectorKernels} is this file with the
 * number type replaced, which a test holds true.
 */
final class FloatVectorKernels implements Kernels<float[]> {
  private static final int INTERLEAVED = 16;

  // Static and final, or the compiler does not know the width and boxes every vector.
  private static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  /**
   * Rows of the left-hand side that are worked on before the next: they stay in the second-level
   * cache.
   */
  private static final int BLOCK = 64;

  /** Rows of a panel that are worked on before the next: they fit in the first-level cache. */
  private static final int CUT = 32 * 1024 * 8 / (2 * LANES * SPECIES.elementSize());

  @Override
  public String description() {
    return SPECIES.vectorBitSize() + "-bit vectors";
  }

  @Override
  public int pad(int columns) {
    return (columns + LANES - 1) / LANES * LANES;
  }

  @Override
  public float[] allocate(int length) {
    return new float[length];
  }

  @Override
  public void load(double[] from, int fromOffset, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = (float) from[fromOffset + i];
    }
  }

  @Override
  public void store(float[] from, int fromOffset, double[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = from[fromOffset + i];
    }
  }

  @Override
  public void clear(float[] array, int offset, int count) {
    Arrays.fill(array, offset, offset + count, 0);
  }

  @Override
  public int packedLength(int inner, int columns) {
    return Math.multiplyExact(inner, pad(columns));
  }

  @Override
  public void packRows(
      float[] matrix, int stride, int[] index, int inner, int columns, float[] packed) {
    int padded = pad(columns);
    for (int panel = 0; panel < padded; panel += 2 * LANES) {
      int width = Math.min(2 * LANES, padded - panel);
      int valid = Math.min(width, columns - panel);
      for (int k = 0; k < inner; k++) {
        int to = panel * inner + k * width;
        System.arraycopy(matrix, index[k] * stride + panel, packed, to, valid);
        Arrays.fill(packed, to + valid, to + width, 0);
      }
    }
  }

  @Override
  public void packTransposed(
      float[] matrix, int stride, int[] index, int inner, int columns, float[] packed) {
    int padded = pad(columns);
    for (int panel = 0; panel < padded; panel += 2 * LANES) {
      int width = Math.min(2 * LANES, padded - panel);
      for (int j = 0; j < width; j++) {
        int to = panel * inner + j;
        if (panel + j < columns) {
          int from = index[panel + j] * stride;
          for (int k = 0; k < inner; k++) {
            packed[to + k * width] = matrix[from + k];
          }
        } else {
          for (int k = 0; k < inner; k++) {
            packed[to + k * width] = 0;
          }
        }
      }
    }
  }

  @Override
  public void multiply(
      int rows,
      int inner,
      int columns,
      float[] left,
      int leftOffset,
      int leftStride,
      float[] packed,
      float[] out,
      int outOffset,
      int outStride) {
    product(
        rows,
        inner,
        columns,
        left,
        leftOffset,
        leftStride,
        packed,
        out,
        outOffset,
        outStride,
        false);
  }

  @Override
  public void multiplyAdd(
      int rows,
      int inner,
      int columns,
      float[] left,
      int leftOffset,
      int leftStride,
      float[] packed,
      float[] out,
      int outOffset,
      int outStride) {
    product(
        rows,
        inner,
        columns,
        left,
        leftOffset,
        leftStride,
        packed,
        out,
        outOffset,
        outStride,
        true);
  }

  private void product(
      int rows,
      int inner,
      int columns,
      float[] left,
      int leftOffset,
      int leftStride,
      float[] packed,
      float[] out,
      int outOffset,
      int outStride,
      boolean add) {
    int padded = pad(columns);
    boolean manyRegisters = SPECIES.vectorBitSize() == 512;
    for (int block = 0; block < rows; block += BLOCK) {
      int last = Math.min(rows, block + BLOCK);
      for (int panel = 0; panel < padded; panel += 2 * LANES) {
        boolean two = panel + 2 * LANES <= padded;
        for (int first = 0; first == 0 || first < inner; first += CUT) {
          int cut = Math.min(CUT, inner - first);
          int b = panel * inner + first * (two ? 2 * LANES : LANES);
          boolean more = add || first > 0;
          for (int r = block; r < last; r += ROWS) {
            int a = leftOffset + r * leftStride + first;
            int c = outOffset + r * outStride + panel;
            if (!two) {
              rows8x1(cut, left, a, leftStride, packed, b, out, c, outStride, more);
            } else if (manyRegisters) {
              rows8x2(cut, left, a, leftStride, packed, b, out, c, outStride, more);
            } else {
              rows4x2(cut, left, a, leftStride, packed, b, out, c, outStride, more);
              a += 4 * leftStride;
              c += 4 * outStride;
              rows4x2(cut, left, a, leftStride, packed, b, out, c, outStride, more);
            }
          }
        }
      }
    }
  }

  private void rows8x2(
      int inner,
      float[] left,
      int a,
      int lda,
      float[] packed,
      int b,
      float[] out,
      int c,
      int ldc,
      boolean add) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c00 = add ? FloatVector.fromArray(SPECIES, out, c) : zero;
    FloatVector c01 = add ? FloatVector.fromArray(SPECIES, out, c + LANES) : zero;
    FloatVector c10 = add ? FloatVector.fromArray(SPECIES, out, c + ldc) : zero;
    FloatVector c11 = add ? FloatVector.fromArray(SPECIES, out, c + ldc + LANES) : zero;
    FloatVector c20 = add ? FloatVector.fromArray(SPECIES, out, c + 2 * ldc) : zero;
    FloatVector c21 = add ? FloatVector.fromArray(SPECIES, out, c + 2 * ldc + LANES) : zero;
    FloatVector c30 = add ? FloatVector.fromArray(SPECIES, out, c + 3 * ldc) : zero;
    FloatVector c31 = add ? FloatVector.fromArray(SPECIES, out, c + 3 * ldc + LANES) : zero;
    FloatVector c40 = add ? FloatVector.fromArray(SPECIES, out, c + 4 * ldc) : zero;
    FloatVector c41 = add ? FloatVector.fromArray(SPECIES, out, c + 4 * ldc + LANES) : zero;
    FloatVector c50 = add ? FloatVector.fromArray(SPECIES, out, c + 5 * ldc) : zero;
    FloatVector c51 = add ? FloatVector.fromArray(SPECIES, out, c + 5 * ldc + LANES) : zero;
    FloatVector c60 = add ? FloatVector.fromArray(SPECIES, out, c + 6 * ldc) : zero;
    FloatVector c61 = add ? FloatVector.fromArray(SPECIES, out, c + 6 * ldc + LANES) : zero;
    FloatVector c70 = add ? FloatVector.fromArray(SPECIES, out, c + 7 * ldc) : zero;
    FloatVector c71 = add ? FloatVector.fromArray(SPECIES, out, c + 7 * ldc + LANES) : zero;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, packed, b + 2 * k * LANES);
      FloatVector b1 = FloatVector.fromArray(SPECIES, packed, b + 2 * k * LANES + LANES);
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
      x = FloatVector.broadcast(SPECIES, left[a + 4 * lda + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, left[a + 5 * lda + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(SPECIES, left[a + 6 * lda + k]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(SPECIES, left[a + 7 * lda + k]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + LANES);
    c10.intoArray(out, c + ldc);
    c11.intoArray(out, c + ldc + LANES);
    c20.intoArray(out, c + 2 * ldc);
    c21.intoArray(out, c + 2 * ldc + LANES);
    c30.intoArray(out, c + 3 * ldc);
    c31.intoArray(out, c + 3 * ldc + LANES);
    c40.intoArray(out, c + 4 * ldc);
    c41.intoArray(out, c + 4 * ldc + LANES);
    c50.intoArray(out, c + 5 * ldc);
    c51.intoArray(out, c + 5 * ldc + LANES);
    c60.intoArray(out, c + 6 * ldc);
    c61.intoArray(out, c + 6 * ldc + LANES);
    c70.intoArray(out, c + 7 * ldc);
    c71.intoArray(out, c + 7 * ldc + LANES);
  }

  private void rows4x2(
      int inner,
      float[] left,
      int a,
      int lda,
      float[] packed,
      int b,
      float[] out,
      int c,
      int ldc,
      boolean add) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c00 = add ? FloatVector.fromArray(SPECIES, out, c) : zero;
    FloatVector c01 = add ? FloatVector.fromArray(SPECIES, out, c + LANES) : zero;
    FloatVector c10 = add ? FloatVector.fromArray(SPECIES, out, c + ldc) : zero;
    FloatVector c11 = add ? FloatVector.fromArray(SPECIES, out, c + ldc + LANES) : zero;
    FloatVector c20 = add ? FloatVector.fromArray(SPECIES, out, c + 2 * ldc) : zero;
    FloatVector c21 = add ? FloatVector.fromArray(SPECIES, out, c + 2 * ldc + LANES) : zero;
    FloatVector c30 = add ? FloatVector.fromArray(SPECIES, out, c + 3 * ldc) : zero;
    FloatVector c31 = add ? FloatVector.fromArray(SPECIES, out, c + 3 * ldc + LANES) : zero;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, packed, b + 2 * k * LANES);
      FloatVector b1 = FloatVector.fromArray(SPECIES, packed, b + 2 * k * LANES + LANES);
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
    c10.intoArray(out, c + ldc);
    c11.intoArray(out, c + ldc + LANES);
    c20.intoArray(out, c + 2 * ldc);
    c21.intoArray(out, c + 2 * ldc + LANES);
    c30.intoArray(out, c + 3 * ldc);
    c31.intoArray(out, c + 3 * ldc + LANES);
  }

  private void rows8x1(
      int inner,
      float[] left,
      int a,
      int lda,
      float[] packed,
      int b,
      float[] out,
      int c,
      int ldc,
      boolean add) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c0 = add ? FloatVector.fromArray(SPECIES, out, c) : zero;
    FloatVector c1 = add ? FloatVector.fromArray(SPECIES, out, c + ldc) : zero;
    FloatVector c2 = add ? FloatVector.fromArray(SPECIES, out, c + 2 * ldc) : zero;
    FloatVector c3 = add ? FloatVector.fromArray(SPECIES, out, c + 3 * ldc) : zero;
    FloatVector c4 = add ? FloatVector.fromArray(SPECIES, out, c + 4 * ldc) : zero;
    FloatVector c5 = add ? FloatVector.fromArray(SPECIES, out, c + 5 * ldc) : zero;
    FloatVector c6 = add ? FloatVector.fromArray(SPECIES, out, c + 6 * ldc) : zero;
    FloatVector c7 = add ? FloatVector.fromArray(SPECIES, out, c + 7 * ldc) : zero;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, packed, b + k * LANES);
      c0 = FloatVector.broadcast(SPECIES, left[a + k]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, left[a + lda + k]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, left[a + 2 * lda + k]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, left[a + 3 * lda + k]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, left[a + 4 * lda + k]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, left[a + 5 * lda + k]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, left[a + 6 * lda + k]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, left[a + 7 * lda + k]).fma(b0, c7);
    }
    c0.intoArray(out, c);
    c1.intoArray(out, c + ldc);
    c2.intoArray(out, c + 2 * ldc);
    c3.intoArray(out, c + 3 * ldc);
    c4.intoArray(out, c + 4 * ldc);
    c5.intoArray(out, c + 5 * ldc);
    c6.intoArray(out, c + 6 * ldc);
    c7.intoArray(out, c + 7 * ldc);
  }

  @Override
  public void relu(int count, float[] z, int zOffset, float[] out, int outOffset) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += LANES) {
      FloatVector h = FloatVector.fromArray(SPECIES, z, zOffset + i);
      h.blend(zero, h.compare(VectorOperators.LT, 0)).intoArray(out, outOffset + i);
    }
  }

  @Override
  public void gate(
      int count, float[] z, int zOffset, boolean activeAtZero, float[] q, int qOffset) {
    FloatVector least = FloatVector.broadcast(SPECIES, leastActive(activeAtZero));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += LANES) {
      var active =
          FloatVector.fromArray(SPECIES, z, zOffset + i).compare(VectorOperators.GE, least);
      zero.blend(FloatVector.fromArray(SPECIES, q, qOffset + i), active).intoArray(q, qOffset + i);
    }
  }

  private static float leastActive(boolean activeAtZero) {
    return activeAtZero ? 0 : Float.MIN_VALUE;
  }

  @Override
  public void sumOverRows(
      int rows,
      int columns,
      int outputs,
      float[] h,
      int hOffset,
      float[] a,
      int aOffset,
      float[] sums,
      int sumsOffset,
      boolean rectify) {
    // h below the floor counts as 0; a NaN is below nothing and stays one. Compare and blend are
    // two
    // instructions where max() is five, because max() must order signed zeros and NaN.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector floor = FloatVector.broadcast(SPECIES, rectify ? 0 : Float.NEGATIVE_INFINITY);
    for (int o = 0; o < outputs; o++) {
      int to = sumsOffset + o * columns;
      int i = 0;
      // Four columns of vectors at once, so that four chains of additions run side by side.
      for (; i + 4 * LANES <= columns; i += 4 * LANES) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int r = 0; r < rows; r++) {
          int from = hOffset + r * columns + i;
          FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + r * outputs + o]);
          FloatVector h0 = FloatVector.fromArray(SPECIES, h, from);
          FloatVector h1 = FloatVector.fromArray(SPECIES, h, from + LANES);
          FloatVector h2 = FloatVector.fromArray(SPECIES, h, from + 2 * LANES);
          FloatVector h3 = FloatVector.fromArray(SPECIES, h, from + 3 * LANES);
          s0 = x.fma(h0.blend(zero, h0.compare(VectorOperators.LT, floor)), s0);
          s1 = x.fma(h1.blend(zero, h1.compare(VectorOperators.LT, floor)), s1);
          s2 = x.fma(h2.blend(zero, h2.compare(VectorOperators.LT, floor)), s2);
          s3 = x.fma(h3.blend(zero, h3.compare(VectorOperators.LT, floor)), s3);
        }
        s0.intoArray(sums, to + i);
        s1.intoArray(sums, to + i + LANES);
        s2.intoArray(sums, to + i + 2 * LANES);
        s3.intoArray(sums, to + i + 3 * LANES);
      }
      for (; i < columns; i += LANES) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
          FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + r * outputs + o]);
          FloatVector h0 = FloatVector.fromArray(SPECIES, h, hOffset + r * columns + i);
          s0 = x.fma(h0.blend(zero, h0.compare(VectorOperators.LT, floor)), s0);
        }
        s0.intoArray(sums, to + i);
      }
    }
  }

  @Override
  public void backward(
      int rows,
      int columns,
      int outputs,
      float[] z,
      int zOffset,
      float[] a,
      int aOffset,
      float[] e,
      double coefficient,
      boolean activeAtZero) {
    FloatVector least = FloatVector.broadcast(SPECIES, leastActive(activeAtZero));
    FloatVector zero = FloatVector.zero(SPECIES);
    float factor = (float) coefficient;
    for (int r = 0; r < rows; r++) {
      int row = zOffset + r * columns;
      int ar = aOffset + r * outputs;
      for (int i = 0; i < columns; i += LANES) {
        FloatVector sum = zero;
        for (int o = 0; o < outputs; o++) {
          FloatVector x = FloatVector.broadcast(SPECIES, a[ar + o]);
          sum = x.fma(FloatVector.fromArray(SPECIES, e, o * columns + i), sum);
        }
        var active = FloatVector.fromArray(SPECIES, z, row + i).compare(VectorOperators.GE, least);
        zero.blend(sum.mul(factor), active).intoArray(z, row + i);
      }
    }
  }

  @Override
  public void add(int count, float[] from, int fromOffset, float[] to, int toOffset) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector.fromArray(SPECIES, to, toOffset + i)
          .add(FloatVector.fromArray(SPECIES, from, fromOffset + i))
          .intoArray(to, toOffset + i);
    }
  }

  @Override
  public void times(int count, float[] from, int fromOffset, float[] to, int toOffset) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] *= from[fromOffset + i];
    }
  }

  @Override
  public void addScaled(
      int count, double factor, float[] from, int fromOffset, float[] to, int toOffset) {
    float f = (float) factor;
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = Math.fma(f, from[fromOffset + i], to[toOffset + i]);
    }
  }

  @Override
  public void divide(int count, double divisor, float[] to, int toOffset) {
    float f = (float) divisor;
    for (int i = 0; i < count; i++) {
      to[toOffset + i] /= f;
    }
  }

  @Override
  public double residual(int count, double scale, float[] sums, float[] y, float[] e) {
    float f = (float) scale;
    double squares = 0.0;
    for (int i = 0; i < count; i++) {
      float r = Math.fma(f, sums[i], -y[i]);
      e[i] = r;
      squares += (double) r * r;
    }
    return squares;
  }

  @Override
  public double squaredDistance(int count, float[] x, int xOffset, float[] y, int yOffset) {
    float[] sums = new float[INTERLEAVED];
    for (int part = 0; part < INTERLEAVED; part += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = part; i < count; i += INTERLEAVED) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                .sub(FloatVector.fromArray(SPECIES, y, yOffset + i));
        sum = difference.fma(difference, sum);
      }
      sum.intoArray(sums, part);
    }
    double total = 0.0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }

  @Override
  public void activations(
      int rows,
      int columns,
      int stride,
      float[] z,
      int zOffset,
      boolean activeAtZero,
      long[] bits,
      int bitsOffset) {
    FloatVector least = FloatVector.broadcast(SPECIES, leastActive(activeAtZero));
    int words = (columns + 63) >>> 6;
    for (int r = 0; r < rows; r++) {
      int row = zOffset + r * stride;
      int to = bitsOffset + r * words;
      Arrays.fill(bits, to, to + words, 0L);
      for (int i = 0; i < columns; i += LANES) {
        long active =
            FloatVector.fromArray(SPECIES, z, row + i).compare(VectorOperators.GE, least).toLong();
        if (columns - i < LANES) {
          active &= (1L << (columns - i)) - 1;
        }
        bits[to + (i >>> 6)] |= active << (i & 63);
      }
    }
  }
}
