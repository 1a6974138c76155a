package dev.shallot.numeric;

import java.util.Arrays;

/**
 * float64 without the Vector API, and the plain statement of what the vector kernels compute. The
 * inner loops are simple enough for the compiler to vectorise by itself. {@link FloatScalarKernels}
 * is this file with the number type replaced, which a test holds true.
 */
final class DoubleScalarKernels implements Kernels<double[]> {
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
    return Math.multiplyExact(inner, columns);
  }

  @Override
  public void packRows(
      double[] matrix, int stride, int[] index, int inner, int columns, double[] packed) {
    for (int k = 0; k < inner; k++) {
      System.arraycopy(matrix, index[k] * stride, packed, k * columns, columns);
    }
  }

  @Override
  public void packTransposed(
      double[] matrix, int stride, int[] index, int inner, int columns, double[] packed) {
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
      double[] left,
      int leftOffset,
      int leftStride,
      double[] packed,
      double[] out,
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
      double[] left,
      int leftOffset,
      int leftStride,
      double[] packed,
      double[] out,
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
  public void relu(int count, double[] z, int zOffset, double[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = z[zOffset + i] < 0 ? 0 : z[zOffset + i];
    }
  }

  @Override
  public void gate(
      int count, double[] z, int zOffset, boolean activeAtZero, double[] q, int qOffset) {
    double least = leastActive(activeAtZero);
    for (int i = 0; i < count; i++) {
      q[qOffset + i] = z[zOffset + i] >= least ? q[qOffset + i] : 0;
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
    double floor = rectify ? 0 : Double.NEGATIVE_INFINITY;
    for (int o = 0; o < outputs; o++) {
      int to = sumsOffset + o * columns;
      clear(sums, to, columns);
      for (int r = 0; r < rows; r++) {
        double weight = a[aOffset + r * outputs + o];
        int from = hOffset + r * columns;
        for (int i = 0; i < columns; i++) {
          double value = h[from + i] < floor ? 0 : h[from + i];
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
      double[] z,
      int zOffset,
      double[] a,
      int aOffset,
      double[] e,
      double coefficient,
      boolean activeAtZero) {
    double least = leastActive(activeAtZero);
    double factor = (double) coefficient;
    for (int r = 0; r < rows; r++) {
      int row = zOffset + r * columns;
      for (int i = 0; i < columns; i++) {
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum = Math.fma(a[aOffset + r * outputs + o], e[o * columns + i], sum);
        }
        z[row + i] = z[row + i] >= least ? sum * factor : 0;
      }
    }
  }

  @Override
  public void add(int count, double[] from, int fromOffset, double[] to, int toOffset) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += from[fromOffset + i];
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
    for (int i = 0; i < count; i++) {
      double difference = x[xOffset + i] - y[yOffset + i];
      sums[i % INTERLEAVED] = Math.fma(difference, difference, sums[i % INTERLEAVED]);
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
    double least = leastActive(activeAtZero);
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
