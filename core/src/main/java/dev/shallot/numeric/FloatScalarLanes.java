package dev.shallot.numeric;

import java.util.Arrays;

/**
 * float32 sample space without the Vector API. {@link DoubleScalarLanes} is this file with the
 * number type replaced, which a test holds true.
 */
final class FloatScalarLanes implements LaneKernels<float[]> {
  private static final int INTERLEAVED = 16;

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
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < samples; i++) {
        Arrays.fill(parts, 0, INTERLEAVED, 0);
        for (int r = 0; r < width; r++) {
          float h = z[zOffset + i * width + r];
          int part = r % INTERLEAVED;
          parts[part] = Math.fma(a[aOffset + o * width + r], h < 0 ? 0 : h, parts[part]);
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
    float least = leastActive(activeAtZero);
    float factor = (float) coefficient;
    for (int k = 0; k < count; k++) {
      int row = zOffset + index[k] * BLOCK;
      for (int r = 0; r < BLOCK; r++) {
        float sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum = Math.fma(a[aOffset + o * BLOCK + r], e[o * stride + index[k]], sum);
        }
        s[sOffset + k * BLOCK + r] = z[row + r] >= least ? sum * factor : 0;
      }
    }
  }

  @Override
  public void addRows(int[] index, int count, float[] s, int sOffset, float[] to, int toOffset) {
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
      float[] z,
      int zOffset,
      float[] e,
      int stride,
      float[] gradient,
      int gradientOffset) {
    for (int o = 0; o < outputs; o++) {
      int to = gradientOffset + o * BLOCK;
      Arrays.fill(gradient, to, to + BLOCK, 0);
      for (int k = 0; k < count; k++) {
        float error = e[o * stride + index[k]];
        for (int r = 0; r < BLOCK; r++) {
          float h = z[zOffset + index[k] * BLOCK + r];
          gradient[to + r] = Math.fma(error, h < 0 ? 0 : h, gradient[to + r]);
        }
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
    for (int block = 0; block < blocks; block++) {
      int from = sOffset + block * sStep;
      int to = zOffset + block * zStep;
      for (int i = 0; i < samples; i++) {
        for (int j = 0; j < count; j++) {
          float weight = k[i * kStride + j];
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
      float[] in,
      int inOffset,
      float[] row,
      int rowOffset) {
    int from = inOffset;
    for (int r = 0; r < width; r++) {
      if ((chosen[wordOffset + (r >>> 6)] >>> (r & 63) & 1L) != 0) {
        row[rowOffset + r] += in[from++];
      }
    }
  }
}
