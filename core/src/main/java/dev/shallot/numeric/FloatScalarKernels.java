package dev.shallot.numeric;

import java.util.Arrays;

/**
 * float32 without the Vector API, and the plain statement of what the vector kernels compute. The
 * inner loops are simple enough for the compiler to vectorise by itself. {@link
 * DoubleScalarKernels} is this file with the number type replaced, which a test holds true.
 */
final class FloatScalarKernels implements Kernels<float[]> {
  private static final int INTERLEAVED = 16;

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public int pad(int columns) {
    return columns;
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
    return Math.multiplyExact(inner, columns);
  }

  @Override
  public void packRows(
      float[] matrix, int stride, int[] index, int inner, int columns, float[] packed) {
    for (int k = 0; k < inner; k++) {
      System.arraycopy(matrix, index[k] * stride, packed, k * columns, columns);
    }
  }

  @Override
  public void packTransposed(
      float[] matrix, int stride, int[] index, int inner, int columns, float[] packed) {
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < inner; k++) {
        packed[k * columns + j] = matrix[index[j] * stride + k];
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
    for (int r = 0; r < rows; r++) {
      clear(out, outOffset + r * outStride, columns);
    }
    multiplyAdd(
        rows, inner, columns, left, leftOffset, leftStride, packed, out, outOffset, outStride);
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
    for (int r = 0; r < rows; r++) {
      int to = outOffset + r * outStride;
      for (int k = 0; k < inner; k++) {
        addScaled(columns, left[leftOffset + r * leftStride + k], packed, k * columns, out, to);
      }
    }
  }

  @Override
  public void relu(int count, float[] z, int zOffset, float[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = z[zOffset + i] < 0 ? 0 : z[zOffset + i];
    }
  }

  @Override
  public void gate(
      int count, float[] z, int zOffset, boolean activeAtZero, float[] q, int qOffset) {
    float least = leastActive(activeAtZero);
    for (int i = 0; i < count; i++) {
      q[qOffset + i] = z[zOffset + i] >= least ? q[qOffset + i] : 0;
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
    float floor = rectify ? 0 : Float.NEGATIVE_INFINITY;
    for (int o = 0; o < outputs; o++) {
      int to = sumsOffset + o * columns;
      clear(sums, to, columns);
      for (int r = 0; r < rows; r++) {
        float weight = a[aOffset + r * outputs + o];
        int from = hOffset + r * columns;
        for (int i = 0; i < columns; i++) {
          float value = h[from + i] < floor ? 0 : h[from + i];
          sums[to + i] = Math.fma(weight, value, sums[to + i]);
        }
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
    float least = leastActive(activeAtZero);
    float factor = (float) coefficient;
    for (int r = 0; r < rows; r++) {
      int row = zOffset + r * columns;
      for (int i = 0; i < columns; i++) {
        float sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum = Math.fma(a[aOffset + r * outputs + o], e[o * columns + i], sum);
        }
        z[row + i] = z[row + i] >= least ? sum * factor : 0;
      }
    }
  }

  @Override
  public void add(int count, float[] from, int fromOffset, float[] to, int toOffset) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += from[fromOffset + i];
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
    for (int i = 0; i < count; i++) {
      float difference = x[xOffset + i] - y[yOffset + i];
      sums[i % INTERLEAVED] = Math.fma(difference, difference, sums[i % INTERLEAVED]);
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
    float least = leastActive(activeAtZero);
    int words = (columns + 63) >>> 6;
    for (int r = 0; r < rows; r++) {
      int to = bitsOffset + r * words;
      Arrays.fill(bits, to, to + words, 0L);
      for (int i = 0; i < columns; i++) {
        if (z[zOffset + r * stride + i] >= least) {
          bits[to + (i >>> 6)] |= 1L << (i & 63);
        }
      }
    }
  }
}
