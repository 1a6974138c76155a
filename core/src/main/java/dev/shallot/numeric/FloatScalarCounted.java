package dev.shallot.numeric;

import java.util.Arrays;

/**
 * float32 counted rounds without the Vector API. {@link DoubleScalarCounted} is this file with the
 * number type replaced, which a test holds true.
 */
final class FloatScalarCounted implements CountedKernels<float[]> {
  private static final int BLOCK = LaneKernels.BLOCK;
  private static final int INTERLEAVED = 16;

  @Override
  public void heldSums(
      int width,
      int subnets,
      float[] z,
      int zOffset,
      float[] a,
      long[] held,
      int heldStride,
      float[] sums,
      int sumsOffset,
      int sumsStride,
      float[] scratch) {
    for (int l = 0; l < subnets; l++) {
      Arrays.fill(scratch, 0, INTERLEAVED, 0);
      for (int r = 0; r < width; r++) {
        if ((held[l * heldStride + (r >>> 6)] >>> r & 1) != 0) {
          float h = z[zOffset + r];
          scratch[r % INTERLEAVED] += a[r] * (h < 0 ? 0 : h);
        }
      }
      sums[sumsOffset + l * sumsStride] = total(scratch);
    }
  }

  private static float total(float[] parts) {
    float total = 0;
    for (int part = 0; part < INTERLEAVED; part++) {
      total += parts[part];
    }
    return total;
  }

  @Override
  public int narrow(
      int from,
      int count,
      int[] neurons,
      int[] members,
      float[] values,
      int valuesOffset,
      double reach,
      int wanted,
      int[] toNeurons,
      int[] toMembers,
      float[] toValues,
      int size) {
    float most = Math.nextUp((float) reach);
    int to = size;
    for (int k = from; k < from + count; k++) {
      if ((members[k] & wanted) != 0 && Math.abs(values[valuesOffset + k]) <= most) {
        toValues[to] = values[valuesOffset + k];
        toMembers[to] = members[k];
        toNeurons[to++] = neurons[k];
      }
    }
    return to;
  }

  @Override
  public void gate(
      int samples, long[] bits, int offset, int stride, float[] factors, float[] b, int bOffset) {
    for (int i = 0; i < samples; i++) {
      long word = bits[offset + i * stride];
      for (int r = 0; r < BLOCK; r++) {
        b[bOffset + i * BLOCK + r] =
            (word >>> r & 1) != 0 ? b[bOffset + i * BLOCK + r] * factors[r] : 0;
      }
    }
  }

  @Override
  public void absorb(
      int samples,
      float[] b,
      float[] moved,
      int bOffset,
      float[] beta,
      float[] z,
      int offset,
      int stride,
      double[] dots,
      int dotsOffset,
      float[] scratch) {
    Arrays.fill(scratch, 0, BLOCK, 0);
    for (int i = 0; i < samples; i++) {
      for (int r = 0; r < BLOCK; r++) {
        int at = offset + i * stride + r;
        float move = moved[bOffset + i * BLOCK + r];
        float before = beta[at];
        float after = before + b[bOffset + i * BLOCK + r];
        scratch[r] = Math.fma(before + after, move, scratch[r]);
        beta[at] = after;
        z[at] += move;
      }
    }
    for (int r = 0; r < BLOCK; r++) {
      dots[dotsOffset + r] += scratch[r];
    }
  }

  @Override
  public void addEach(
      int from, int end, int[] positions, double[] values, float[] to, int toOffset) {
    for (int k = from; k < end; k++) {
      to[toOffset + positions[k]] += (float) values[k];
    }
  }
}
