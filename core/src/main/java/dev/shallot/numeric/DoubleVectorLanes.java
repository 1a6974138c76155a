package dev.shallot.numeric;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * float64 sample space in vectors.
 *
 * <p>{@link FloatVectorLanes} is this file with the number type replaced, which a test holds true.
 */
final class DoubleVectorLanes implements LaneKernels<double[]> {
  private static final int INTERLEAVED = 16;
  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  /** 512-bit vectors come with 32 registers, shorter ones here with 16. */
  private static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() == 512;

  /** Neurons that a product's tile works on: as many vectors as leave room for the operands. */
  private static final int TILE = (MANY_REGISTERS ? 4 : 2) * LANES;

  /** Rows of a product's right-hand side that stay in the first-level cache: 32 KiB. */
  private static final int PANEL = 32 * 1024 * 8 / (BLOCK * SPECIES.elementSize());

  @Override
  public void sumOverNeurons(
      int samples,
      int outputs,
      int width,
      double[] z,
      int zOffset,
      double[] a,
      int aOffset,
      double[] sums,
      int sumsOffset,
      int stride) {
    double[] parts = new double[INTERLEAVED];
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < samples; i++) {
        int row = zOffset + i * width;
        for (int part = 0; part < INTERLEAVED; part += LANES) {
          DoubleVector sum = zero;
          for (int r = part; r < width; r += INTERLEAVED) {
            DoubleVector h = DoubleVector.fromArray(SPECIES, z, row + r);
            DoubleVector weight = DoubleVector.fromArray(SPECIES, a, aOffset + o * width + r);
            sum = weight.fma(h.blend(zero, h.compare(VectorOperators.LT, zero)), sum);
          }
          sum.intoArray(parts, part);
        }
        double total = 0;
        for (int part = 0; part < INTERLEAVED; part++) {
          total += parts[part];
        }
        sums[sumsOffset + o * stride + i] = total;
      }
    }
  }

  private static double leastActive(boolean activeAtZero) {
    return activeAtZero ? 0 : Double.MIN_VALUE;
  }

  @Override
  public void backward(
      int[] index,
      int count,
      int outputs,
      double[] z,
      int zOffset,
      double[] a,
      int aOffset,
      double[] e,
      int stride,
      double coefficient,
      boolean activeAtZero,
      double[] s,
      int sOffset) {
    DoubleVector least = DoubleVector.broadcast(SPECIES, leastActive(activeAtZero));
    DoubleVector zero = DoubleVector.zero(SPECIES);
    double factor = (double) coefficient;
    for (int k = 0; k < count; k++) {
      int row = zOffset + index[k] * BLOCK;
      for (int r = 0; r < BLOCK; r += LANES) {
        DoubleVector sum = zero;
        for (int o = 0; o < outputs; o++) {
          DoubleVector weight = DoubleVector.fromArray(SPECIES, a, aOffset + o * BLOCK + r);
          sum = weight.fma(DoubleVector.broadcast(SPECIES, e[o * stride + index[k]]), sum);
        }
        var active = DoubleVector.fromArray(SPECIES, z, row + r).compare(VectorOperators.GE, least);
        zero.blend(sum.mul(factor), active).intoArray(s, sOffset + k * BLOCK + r);
      }
    }
  }

  @Override
  public void addRows(int[] index, int count, double[] s, int sOffset, double[] to, int toOffset) {
    for (int k = 0; k < count; k++) {
      int from = sOffset + k * BLOCK;
      int row = toOffset + index[k] * BLOCK;
      for (int r = 0; r < BLOCK; r += LANES) {
        DoubleVector.fromArray(SPECIES, to, row + r)
            .add(DoubleVector.fromArray(SPECIES, s, from + r))
            .intoArray(to, row + r);
      }
    }
  }

  @Override
  public void outputGradient(
      int[] index,
      int count,
      int outputs,
      double[] z,
      int zOffset,
      double[] e,
      int stride,
      double[] gradient,
      int gradientOffset) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int o = 0; o < outputs; o++) {
      for (int r = 0; r < BLOCK; r += LANES) {
        DoubleVector sum = zero;
        for (int k = 0; k < count; k++) {
          DoubleVector h = DoubleVector.fromArray(SPECIES, z, zOffset + index[k] * BLOCK + r);
          DoubleVector error = DoubleVector.broadcast(SPECIES, e[o * stride + index[k]]);
          sum = error.fma(h.blend(zero, h.compare(VectorOperators.LT, zero)), sum);
        }
        sum.intoArray(gradient, gradientOffset + o * BLOCK + r);
      }
    }
  }

  @Override
  public void multiplyAdd(
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

  @Override
  public void replaceByMean(
      int width,
      double[] sums,
      int offset,
      double[] coverage,
      int divisor,
      boolean zeroUncovered,
      double[] whole) {
    for (int r = 0; r < width; r++) {
      double covered = coverage[r];
      double old = whole[offset + r];
      double mean =
          divisor == 0
              ? sums[offset + r] / covered
              : old + (sums[offset + r] - covered * old) / divisor;
      whole[offset + r] = covered == 0 ? (zeroUncovered ? 0 : old) : mean;
    }
  }

  @Override
  public void addMean(
      int width,
      double[] sums,
      int offset,
      double[] coverage,
      int divisor,
      boolean zeroUncovered,
      double[] whole) {
    for (int r = 0; r < width; r++) {
      double covered = coverage[r];
      double old = whole[offset + r];
      double mean = old + sums[offset + r] / (divisor == 0 ? covered : divisor);
      whole[offset + r] = covered == 0 ? (zeroUncovered ? 0 : old) : mean;
    }
  }

  @Override
  public void dots(int samples, double[] x, double[] y, int offset, double[] dots) {
    for (int r = 0; r < BLOCK; r++) {
      dots[r] = 0.0;
    }
    for (int i = 0; i < samples; i++) {
      for (int r = 0; r < BLOCK; r++) {
        dots[r] += (double) x[offset + i * BLOCK + r] * y[offset + i * BLOCK + r];
      }
    }
  }

  @Override
  public void compress(
      long[] chosen,
      int wordOffset,
      int width,
      double[] row,
      int rowOffset,
      double[] out,
      int outOffset) {
    int to = outOffset;
    for (int r = 0; r < width; r += LANES) {
      long bits = chosen[wordOffset + (r >>> 6)] >>> (r & 63);
      int left = width - r;
      if (left < LANES) {
        bits &= (1L << left) - 1;
      }
      bits &= -1L >>> (64 - LANES);
      VectorMask<Double> mask = VectorMask.fromLong(SPECIES, bits);
      VectorMask<Double> valid = SPECIES.indexInRange(r, width);
      DoubleVector packed =
          DoubleVector.fromArray(SPECIES, row, rowOffset + r, valid).compress(mask);
      int count = Long.bitCount(bits);
      packed.intoArray(out, to, SPECIES.indexInRange(0, count));
      to += count;
    }
  }

  @Override
  public void expandAdd(
      long[] chosen,
      int wordOffset,
      int width,
      double[] in,
      int inOffset,
      double[] row,
      int rowOffset) {
    int from = inOffset;
    for (int r = 0; r < width; r += LANES) {
      long bits = chosen[wordOffset + (r >>> 6)] >>> (r & 63);
      int left = width - r;
      if (left < LANES) {
        bits &= (1L << left) - 1;
      }
      bits &= -1L >>> (64 - LANES);
      int count = Long.bitCount(bits);
      VectorMask<Double> mask = VectorMask.fromLong(SPECIES, bits);
      DoubleVector spread =
          DoubleVector.fromArray(SPECIES, in, from, SPECIES.indexInRange(0, count)).expand(mask);
      DoubleVector.fromArray(SPECIES, row, rowOffset + r, mask)
          .add(spread)
          .intoArray(row, rowOffset + r, mask);
      from += count;
    }
  }
}
