package dev.shallot.numeric;

import java.util.Arrays;

/**
 * float64 counted rounds without the Vector API. {@link FloatScalarCounted} is this file with the
 * number type replaced, which a test holds true.
 */
final class DoubleScalarCounted implements CountedKernels<double[]> {
  private static final int BLOCK = LaneKernels.BLOCK;
  private static final int INTERLEAVED = 16;

  @Override
  public void heldSums(
      int width,
      int subnets,
      double[] z,
      int zOffset,
      double[] a,
      long[] held,
      int heldStride,
      double[] sums,
      int sumsOffset,
      int sumsStride,
      double[] scratch) {
    for (int l = 0; l < subnets; l++) {
      Arrays.fill(scratch, 0, INTERLEAVED, 0);
      for (int r = 0; r < width; r++) {
        if ((held[l * heldStride + (r >>> 6)] >>> r & 1) != 0) {
          double h = z[zOffset + r];
          scratch[r % INTERLEAVED] += a[r] * (h < 0 ? 0 : h);
        }
      }
      sums[sumsOffset + l * sumsStride] = total(scratch);
    }
  }

  private static double total(double[] parts) {
    double total = 0;
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
      double[] values,
      int valuesOffset,
      double reach,
      int wanted,
      int[] toNeurons,
      int[] toMembers,
      double[] toValues,
      int size) {
    double most = Math.nextUp((double) reach);
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
      int samples, long[] bits, int offset, int stride, double[] factors, double[] b, int bOffset) {
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
      double[] b,
      double[] moved,
      int bOffset,
      double[] beta,
      double[] z,
      int offset,
      int stride,
      double[] dots,
      int dotsOffset,
      double[] scratch) {
    Arrays.fill(scratch, 0, BLOCK, 0);
    for (int i = 0; i < samples; i++) {
      for (int r = 0; r < BLOCK; r++) {
        int at = offset + i * stride + r;
        double move = moved[bOffset + i * BLOCK + r];
        double before = beta[at];
        double after = before + b[bOffset + i * BLOCK + r];
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
      int from, int end, int[] positions, double[] values, double[] to, int toOffset) {
    for (int k = from; k < end; k++) {
      to[toOffset + positions[k]] += (double) values[k];
    }
  }
}
