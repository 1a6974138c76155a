package dev.shallot.numeric;

import java.util.Arrays;

/**
 * float64 sample space without the Vector API. {@link FloatScalarLanes} is this file with the
 * number type replaced, which a test holds true.
 */
final class DoubleScalarLanes implements LaneKernels<double[]> {
  private static final int INTERLEAVED = 16;

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
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < samples; i++) {
        Arrays.fill(parts, 0, INTERLEAVED, 0);
        for (int r = 0; r < width; r++) {
          double h = z[zOffset + i * width + r];
          int part = r % INTERLEAVED;
          parts[part] = Math.fma(a[aOffset + o * width + r], h < 0 ? 0 : h, parts[part]);
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
    double least = leastActive(activeAtZero);
    double factor = (double) coefficient;
    for (int k = 0; k < count; k++) {
      int row = zOffset + index[k] * BLOCK;
      for (int r = 0; r < BLOCK; r++) {
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum = Math.fma(a[aOffset + o * BLOCK + r], e[o * stride + index[k]], sum);
        }
        s[sOffset + k * BLOCK + r] = z[row + r] >= least ? sum * factor : 0;
      }
    }
  }

  @Override
  public void addRows(int[] index, int count, double[] s, int sOffset, double[] to, int toOffset) {
    for (int k = 0; k < count; k++) {
      for (int r = 0; r < BLOCK; r++) {
        to[toOffset + index[k] * BLOCK + r] += s[sOffset + k * BLOCK + r];
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
    for (int o = 0; o < outputs; o++) {
      int to = gradientOffset + o * BLOCK;
      Arrays.fill(gradient, to, to + BLOCK, 0);
      for (int k = 0; k < count; k++) {
        double error = e[o * stride + index[k]];
        for (int r = 0; r < BLOCK; r++) {
          double h = z[zOffset + index[k] * BLOCK + r];
          gradient[to + r] = Math.fma(error, h < 0 ? 0 : h, gradient[to + r]);
        }
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
    for (int block = 0; block < blocks; block++) {
      int from = sOffset + block * sStep;
      int to = zOffset + block * zStep;
      for (int i = 0; i < samples; i++) {
        for (int j = 0; j < count; j++) {
          double weight = k[i * kStride + j];
          for (int r = 0; r < BLOCK; r++) {
            int at = to + i * BLOCK + r;
            z[at] = Math.fma(weight, s[from + j * BLOCK + r], z[at]);
          }
        }
      }
    }
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
    for (int r = 0; r < width; r++) {
      if ((chosen[wordOffset + (r >>> 6)] >>> (r & 63) & 1L) != 0) {
        out[to++] = row[rowOffset + r];
      }
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
    for (int r = 0; r < width; r++) {
      if ((chosen[wordOffset + (r >>> 6)] >>> (r & 63) & 1L) != 0) {
        row[rowOffset + r] += in[from++];
      }
    }
  }
}
