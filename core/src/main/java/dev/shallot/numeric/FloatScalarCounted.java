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
  public int collect(
      int width,
      float[] z,
      int zOffset,
      float[] a,
      double reach,
      long[] held,
      int heldOffset,
      int[] neurons,
      float[] values,
      int size) {
    float most = Math.nextUp((float) reach);
    int to = size;
    for (int r = 0; r < width; r++) {
      if (r % BLOCK == 0 && to + BLOCK > neurons.length) {
        return -1;
      }
      float v = z[zOffset + r];
      if ((held[heldOffset + (r >>> 6)] >>> r & 1) != 0 && Math.abs(v) <= most) {
        values[to] = v * a[r];
        neurons[to++] = r;
      }
    }
    return to;
  }

  @Override
  public int within(int from, int to, float[] values, double low, double high, int[] indices) {
    float least = Math.nextDown((float) low);
    float most = Math.nextUp((float) high);
    int count = 0;
    for (int k = from; k < to; k++) {
      if (values[k] >= least && values[k] <= most) {
        indices[count++] = k;
      }
    }
    return count;
  }

  @Override
  public void addBits(int words, int[] bits, int offset, int sign, int[] counts) {
    for (int j = 0; j < 32 * words; j++) {
      counts[j] += sign * ((bits[offset + (j >>> 5)] >>> j) & 1);
    }
  }

  @Override
  public double dot(int count, float[] x, int xOffset, float[] y, int yOffset, float[] scratch) {
    Arrays.fill(scratch, 0, INTERLEAVED, 0);
    for (int j = 0; j < count; j++) {
      int part = j % INTERLEAVED;
      scratch[part] = Math.fma(x[xOffset + j], y[yOffset + j], scratch[part]);
    }
    return total(scratch);
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
  public void gather(int count, float[] values, int[] indices, double[] to) {
    for (int k = 0; k < count; k++) {
      to[k] = values[indices[k]];
    }
  }

  @Override
  public void scatter(int count, double[] values, int[] indices, float[] to) {
    for (int k = 0; k < count; k++) {
      to[indices[k]] = (float) values[k];
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
