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
      int stride,
      double[] parts) {
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
    DoubleVectorTiles.multiplyAdd(
        samples, count, k, kStride, blocks, s, sOffset, sStep, z, zOffset, zStep);
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
