package dev.shallot.numeric;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * float64 in vectors.
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
 * method with its vectors in local variables. {@link FloatVectorKernels} is this file with the
 * number type replaced, which a test holds true.
 */
final class DoubleVectorKernels implements Kernels<double[]> {
  private static final int INTERLEAVED = 16;

  // Static and final, or the compiler does not know the width and boxes every vector.
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
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
  public double[] allocate(int length) {
    return new double[length];
  }

  @Override
  public void load(double[] from, int fromOffset, double[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = (double) from[fromOffset + i];
    }
  }

  @Override
  public void store(double[] from, int fromOffset, double[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = from[fromOffset + i];
    }
  }

  @Override
  public void clear(double[] array, int offset, int count) {
    Arrays.fill(array, offset, offset + count, 0);
  }

  @Override
  public int packedLength(int inner, int columns) {
    return Math.multiplyExact(inner, pad(columns));
  }

  @Override
  public void packRows(
      double[] matrix, int stride, int[] index, int inner, int columns, double[] packed) {
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
      double[] matrix, int stride, int[] index, int inner, int columns, double[] packed) {
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
      double[] left,
      int leftOffset,
      int leftStride,
      double[] packed,
      double[] out,
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
      double[] left,
      int leftOffset,
      int leftStride,
      double[] packed,
      double[] out,
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
      double[] left,
      int leftOffset,
      int leftStride,
      double[] packed,
      double[] out,
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
      double[] left,
      int a,
      int lda,
      double[] packed,
      int b,
      double[] out,
      int c,
      int ldc,
      boolean add) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = add ? DoubleVector.fromArray(SPECIES, out, c) : zero;
    DoubleVector c01 = add ? DoubleVector.fromArray(SPECIES, out, c + LANES) : zero;
    DoubleVector c10 = add ? DoubleVector.fromArray(SPECIES, out, c + ldc) : zero;
    DoubleVector c11 = add ? DoubleVector.fromArray(SPECIES, out, c + ldc + LANES) : zero;
    DoubleVector c20 = add ? DoubleVector.fromArray(SPECIES, out, c + 2 * ldc) : zero;
    DoubleVector c21 = add ? DoubleVector.fromArray(SPECIES, out, c + 2 * ldc + LANES) : zero;
    DoubleVector c30 = add ? DoubleVector.fromArray(SPECIES, out, c + 3 * ldc) : zero;
    DoubleVector c31 = add ? DoubleVector.fromArray(SPECIES, out, c + 3 * ldc + LANES) : zero;
    DoubleVector c40 = add ? DoubleVector.fromArray(SPECIES, out, c + 4 * ldc) : zero;
    DoubleVector c41 = add ? DoubleVector.fromArray(SPECIES, out, c + 4 * ldc + LANES) : zero;
    DoubleVector c50 = add ? DoubleVector.fromArray(SPECIES, out, c + 5 * ldc) : zero;
    DoubleVector c51 = add ? DoubleVector.fromArray(SPECIES, out, c + 5 * ldc + LANES) : zero;
    DoubleVector c60 = add ? DoubleVector.fromArray(SPECIES, out, c + 6 * ldc) : zero;
    DoubleVector c61 = add ? DoubleVector.fromArray(SPECIES, out, c + 6 * ldc + LANES) : zero;
    DoubleVector c70 = add ? DoubleVector.fromArray(SPECIES, out, c + 7 * ldc) : zero;
    DoubleVector c71 = add ? DoubleVector.fromArray(SPECIES, out, c + 7 * ldc + LANES) : zero;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, packed, b + 2 * k * LANES);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, packed, b + 2 * k * LANES + LANES);
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
      x = DoubleVector.broadcast(SPECIES, left[a + 4 * lda + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = DoubleVector.broadcast(SPECIES, left[a + 5 * lda + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = DoubleVector.broadcast(SPECIES, left[a + 6 * lda + k]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = DoubleVector.broadcast(SPECIES, left[a + 7 * lda + k]);
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
      double[] left,
      int a,
      int lda,
      double[] packed,
      int b,
      double[] out,
      int c,
      int ldc,
      boolean add) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = add ? DoubleVector.fromArray(SPECIES, out, c) : zero;
    DoubleVector c01 = add ? DoubleVector.fromArray(SPECIES, out, c + LANES) : zero;
    DoubleVector c10 = add ? DoubleVector.fromArray(SPECIES, out, c + ldc) : zero;
    DoubleVector c11 = add ? DoubleVector.fromArray(SPECIES, out, c + ldc + LANES) : zero;
    DoubleVector c20 = add ? DoubleVector.fromArray(SPECIES, out, c + 2 * ldc) : zero;
    DoubleVector c21 = add ? DoubleVector.fromArray(SPECIES, out, c + 2 * ldc + LANES) : zero;
    DoubleVector c30 = add ? DoubleVector.fromArray(SPECIES, out, c + 3 * ldc) : zero;
    DoubleVector c31 = add ? DoubleVector.fromArray(SPECIES, out, c + 3 * ldc + LANES) : zero;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, packed, b + 2 * k * LANES);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, packed, b + 2 * k * LANES + LANES);
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
    c10.intoArray(out, c + ldc);
    c11.intoArray(out, c + ldc + LANES);
    c20.intoArray(out, c + 2 * ldc);
    c21.intoArray(out, c + 2 * ldc + LANES);
    c30.intoArray(out, c + 3 * ldc);
    c31.intoArray(out, c + 3 * ldc + LANES);
  }

  private void rows8x1(
      int inner,
      double[] left,
      int a,
      int lda,
      double[] packed,
      int b,
      double[] out,
      int c,
      int ldc,
      boolean add) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c0 = add ? DoubleVector.fromArray(SPECIES, out, c) : zero;
    DoubleVector c1 = add ? DoubleVector.fromArray(SPECIES, out, c + ldc) : zero;
    DoubleVector c2 = add ? DoubleVector.fromArray(SPECIES, out, c + 2 * ldc) : zero;
    DoubleVector c3 = add ? DoubleVector.fromArray(SPECIES, out, c + 3 * ldc) : zero;
    DoubleVector c4 = add ? DoubleVector.fromArray(SPECIES, out, c + 4 * ldc) : zero;
    DoubleVector c5 = add ? DoubleVector.fromArray(SPECIES, out, c + 5 * ldc) : zero;
    DoubleVector c6 = add ? DoubleVector.fromArray(SPECIES, out, c + 6 * ldc) : zero;
    DoubleVector c7 = add ? DoubleVector.fromArray(SPECIES, out, c + 7 * ldc) : zero;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, packed, b + k * LANES);
      c0 = DoubleVector.broadcast(SPECIES, left[a + k]).fma(b0, c0);
      c1 = DoubleVector.broadcast(SPECIES, left[a + lda + k]).fma(b0, c1);
      c2 = DoubleVector.broadcast(SPECIES, left[a + 2 * lda + k]).fma(b0, c2);
      c3 = DoubleVector.broadcast(SPECIES, left[a + 3 * lda + k]).fma(b0, c3);
      c4 = DoubleVector.broadcast(SPECIES, left[a + 4 * lda + k]).fma(b0, c4);
      c5 = DoubleVector.broadcast(SPECIES, left[a + 5 * lda + k]).fma(b0, c5);
      c6 = DoubleVector.broadcast(SPECIES, left[a + 6 * lda + k]).fma(b0, c6);
      c7 = DoubleVector.broadcast(SPECIES, left[a + 7 * lda + k]).fma(b0, c7);
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
  public void relu(int count, double[] z, int zOffset, double[] out, int outOffset) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int i = 0; i < count; i += LANES) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, z, zOffset + i);
      h.blend(zero, h.compare(VectorOperators.LT, 0)).intoArray(out, outOffset + i);
    }
  }

  @Override
  public void gate(
      int count, double[] z, int zOffset, boolean activeAtZero, double[] q, int qOffset) {
    DoubleVector least = DoubleVector.broadcast(SPECIES, leastActive(activeAtZero));
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int i = 0; i < count; i += LANES) {
      var active =
          DoubleVector.fromArray(SPECIES, z, zOffset + i).compare(VectorOperators.GE, least);
      zero.blend(DoubleVector.fromArray(SPECIES, q, qOffset + i), active).intoArray(q, qOffset + i);
    }
  }

  private static double leastActive(boolean activeAtZero) {
    return activeAtZero ? 0 : Double.MIN_VALUE;
  }

  @Override
  public void sumOverRows(
      int rows,
      int columns,
      int outputs,
      double[] h,
      int hOffset,
      double[] a,
      int aOffset,
      double[] sums,
      int sumsOffset,
      boolean rectify) {
    // h below the floor counts as 0; a NaN is below nothing and stays one. Compare and blend are
    // two
    // instructions where max() is five, because max() must order signed zeros and NaN.
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector floor = DoubleVector.broadcast(SPECIES, rectify ? 0 : Double.NEGATIVE_INFINITY);
    for (int o = 0; o < outputs; o++) {
      int to = sumsOffset + o * columns;
      int i = 0;
      // Four columns of vectors at once, so that four chains of additions run side by side.
      for (; i + 4 * LANES <= columns; i += 4 * LANES) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int r = 0; r < rows; r++) {
          int from = hOffset + r * columns + i;
          DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + r * outputs + o]);
          DoubleVector h0 = DoubleVector.fromArray(SPECIES, h, from);
          DoubleVector h1 = DoubleVector.fromArray(SPECIES, h, from + LANES);
          DoubleVector h2 = DoubleVector.fromArray(SPECIES, h, from + 2 * LANES);
          DoubleVector h3 = DoubleVector.fromArray(SPECIES, h, from + 3 * LANES);
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
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
          DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + r * outputs + o]);
          DoubleVector h0 = DoubleVector.fromArray(SPECIES, h, hOffset + r * columns + i);
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
      double[] z,
      int zOffset,
      double[] a,
      int aOffset,
      double[] e,
      double coefficient,
      boolean activeAtZero) {
    DoubleVector least = DoubleVector.broadcast(SPECIES, leastActive(activeAtZero));
    DoubleVector zero = DoubleVector.zero(SPECIES);
    double factor = (double) coefficient;
    for (int r = 0; r < rows; r++) {
      int row = zOffset + r * columns;
      int ar = aOffset + r * outputs;
      for (int i = 0; i < columns; i += LANES) {
        DoubleVector sum = zero;
        for (int o = 0; o < outputs; o++) {
          DoubleVector x = DoubleVector.broadcast(SPECIES, a[ar + o]);
          sum = x.fma(DoubleVector.fromArray(SPECIES, e, o * columns + i), sum);
        }
        var active = DoubleVector.fromArray(SPECIES, z, row + i).compare(VectorOperators.GE, least);
        zero.blend(sum.mul(factor), active).intoArray(z, row + i);
      }
    }
  }

  @Override
  public void add(int count, double[] from, int fromOffset, double[] to, int toOffset) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector.fromArray(SPECIES, to, toOffset + i)
          .add(DoubleVector.fromArray(SPECIES, from, fromOffset + i))
          .intoArray(to, toOffset + i);
    }
  }

  @Override
  public void times(int count, double[] from, int fromOffset, double[] to, int toOffset) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] *= from[fromOffset + i];
    }
  }

  @Override
  public void addScaled(
      int count, double factor, double[] from, int fromOffset, double[] to, int toOffset) {
    double f = (double) factor;
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = Math.fma(f, from[fromOffset + i], to[toOffset + i]);
    }
  }

  @Override
  public void divide(int count, double divisor, double[] to, int toOffset) {
    double f = (double) divisor;
    for (int i = 0; i < count; i++) {
      to[toOffset + i] /= f;
    }
  }

  @Override
  public double residual(int count, double scale, double[] sums, double[] y, double[] e) {
    double f = (double) scale;
    double squares = 0.0;
    for (int i = 0; i < count; i++) {
      double r = Math.fma(f, sums[i], -y[i]);
      e[i] = r;
      squares += (double) r * r;
    }
    return squares;
  }

  @Override
  public double squaredDistance(int count, double[] x, int xOffset, double[] y, int yOffset) {
    double[] sums = new double[INTERLEAVED];
    for (int part = 0; part < INTERLEAVED; part += LANES) {
      DoubleVector sum = DoubleVector.zero(SPECIES);
      for (int i = part; i < count; i += INTERLEAVED) {
        DoubleVector difference =
            DoubleVector.fromArray(SPECIES, x, xOffset + i)
                .sub(DoubleVector.fromArray(SPECIES, y, yOffset + i));
        sum = difference.fma(difference, sum);
      }
      sum.intoArray(sums, part);
    }
    double total = 0.0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  @Override
  public void activations(
      int rows,
      int columns,
      int stride,
      double[] z,
      int zOffset,
      boolean activeAtZero,
      long[] bits,
      int bitsOffset) {
    DoubleVector least = DoubleVector.broadcast(SPECIES, leastActive(activeAtZero));
    int words = (columns + 63) >>> 6;
    for (int r = 0; r < rows; r++) {
      int row = zOffset + r * stride;
      int to = bitsOffset + r * words;
      Arrays.fill(bits, to, to + words, 0L);
      for (int i = 0; i < columns; i += LANES) {
        long active =
            DoubleVector.fromArray(SPECIES, z, row + i).compare(VectorOperators.GE, least).toLong();
        if (columns - i < LANES) {
          active &= (1L << (columns - i)) - 1;
        }
        bits[to + (i >>> 6)] |= active << (i & 63);
      }
    }
  }
}
