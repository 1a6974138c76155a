package dev.shallot.numeric;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * float32 sample space in vectors.
 *
 * <p>{@link DoubleVectorLanes} is this file with the number type replaced, which a test holds true.
 */
final class FloatVectorLanes implements LaneKernels<float[]> {
  private static final int INTERLEAVED = 16;
  private static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorProvider.shape());
  private static final int LANES = SPECIES.length();

  @Override
  public void sumOverNeurons(
      int samples,
      int outputs,
      int width,
      float[] z,
      int zOffset,
      float[] a,
      int aOffset,
      float[] sums,
      int sumsOffset,
      int stride,
      float[] parts) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < samples; i++) {
        int row = zOffset + i * width;
        for (int part = 0; part < INTERLEAVED; part += LANES) {
          FloatVector sum = zero;
          for (int r = part; r < width; r += INTERLEAVED) {
            FloatVector h = FloatVector.fromArray(SPECIES, z, row + r);
            FloatVector weight = FloatVector.fromArray(SPECIES, a, aOffset + o * width + r);
            sum = weight.fma(h.blend(zero, h.compare(VectorOperators.LT, zero)), sum);
          }
          sum.intoArray(parts, part);
        }
        float total = 0;
        for (int part = 0; part < INTERLEAVED; part++) {
          total += parts[part];
        }
        sums[sumsOffset + o * stride + i] = total;
      }
    }
  }

  private static float leastActive(boolean activeAtZero) {
    return activeAtZero ? 0 : Float.MIN_VALUE;
  }

  @Override
  public void backward(
      int[] index,
      int count,
      int outputs,
      float[] z,
      int zOffset,
      float[] a,
      int aOffset,
      float[] e,
      int stride,
      double coefficient,
      boolean activeAtZero,
      float[] s,
      int sOffset) {
    FloatVector least = FloatVector.broadcast(SPECIES, leastActive(activeAtZero));
    FloatVector zero = FloatVector.zero(SPECIES);
    float factor = (float) coefficient;
    for (int k = 0; k < count; k++) {
      int row = zOffset + index[k] * BLOCK;
      for (int r = 0; r < BLOCK; r += LANES) {
        FloatVector sum = zero;
        for (int o = 0; o < outputs; o++) {
          FloatVector weight = FloatVector.fromArray(SPECIES, a, aOffset + o * BLOCK + r);
          sum = weight.fma(FloatVector.broadcast(SPECIES, e[o * stride + index[k]]), sum);
        }
        var active = FloatVector.fromArray(SPECIES, z, row + r).compare(VectorOperators.GE, least);
        zero.blend(sum.mul(factor), active).intoArray(s, sOffset + k * BLOCK + r);
      }
    }
  }

  @Override
  public void addRows(int[] index, int count, float[] s, int sOffset, float[] to, int toOffset) {
    for (int k = 0; k < count; k++) {
      int from = sOffset + k * BLOCK;
      int row = toOffset + index[k] * BLOCK;
      for (int r = 0; r < BLOCK; r += LANES) {
        FloatVector.fromArray(SPECIES, to, row + r)
            .add(FloatVector.fromArray(SPECIES, s, from + r))
            .intoArray(to, row + r);
      }
    }
  }

  @Override
  public void outputGradient(
      int[] index,
      int count,
      int outputs,
      float[] z,
      int zOffset,
      float[] e,
      int stride,
      float[] gradient,
      int gradientOffset) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int o = 0; o < outputs; o++) {
      for (int r = 0; r < BLOCK; r += LANES) {
        FloatVector sum = zero;
        for (int k = 0; k < count; k++) {
          FloatVector h = FloatVector.fromArray(SPECIES, z, zOffset + index[k] * BLOCK + r);
          FloatVector error = FloatVector.broadcast(SPECIES, e[o * stride + index[k]]);
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
      float[] k,
      int kStride,
      int blocks,
      float[] s,
      int sOffset,
      int sStep,
      float[] z,
      int zOffset,
      int zStep) {
    FloatVectorTiles.multiplyAdd(
        samples, count, k, kStride, blocks, s, sOffset, sStep, z, zOffset, zStep);
  }

  @Override
  public void replaceByMean(
      int width,
      float[] sums,
      int offset,
      float[] coverage,
      int divisor,
      boolean zeroUncovered,
      float[] whole) {
    for (int r = 0; r < width; r++) {
      float covered = coverage[r];
      float old = whole[offset + r];
      float mean =
          divisor == 0
              ? sums[offset + r] / covered
              : old + (sums[offset + r] - covered * old) / divisor;
      whole[offset + r] = covered == 0 ? (zeroUncovered ? 0 : old) : mean;
    }
  }

  @Override
  public void addMean(
      int width,
      float[] sums,
      int offset,
      float[] coverage,
      int divisor,
      boolean zeroUncovered,
      float[] whole) {
    for (int r = 0; r < width; r++) {
      float covered = coverage[r];
      float old = whole[offset + r];
      float mean = old + sums[offset + r] / (divisor == 0 ? covered : divisor);
      whole[offset + r] = covered == 0 ? (zeroUncovered ? 0 : old) : mean;
    }
  }

  @Override
  public void dots(int samples, float[] x, float[] y, int offset, double[] dots) {
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
      float[] row,
      int rowOffset,
      float[] out,
      int outOffset) {
    int to = outOffset;
    for (int r = 0; r < width; r += LANES) {
      long bits = chosen[wordOffset + (r >>> 6)] >>> (r & 63);
      int left = width - r;
      if (left < LANES) {
        bits &= (1L << left) - 1;
      }
      bits &= -1L >>> (64 - LANES);
      VectorMask<Float> mask = VectorMask.fromLong(SPECIES, bits);
      VectorMask<Float> valid = SPECIES.indexInRange(r, width);
      FloatVector packed = FloatVector.fromArray(SPECIES, row, rowOffset + r, valid).compress(mask);
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
      float[] in,
      int inOffset,
      float[] row,
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
      VectorMask<Float> mask = VectorMask.fromLong(SPECIES, bits);
      FloatVector spread =
          FloatVector.fromArray(SPECIES, in, from, SPECIES.indexInRange(0, count)).expand(mask);
      FloatVector.fromArray(SPECIES, row, rowOffset + r, mask)
          .add(spread)
          .intoArray(row, rowOffset + r, mask);
      from += count;
    }
  }
}
