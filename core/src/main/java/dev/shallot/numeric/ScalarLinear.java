package dev.shallot.numeric;

import java.util.Arrays;

/** The linear model's arithmetic without the Vector API. */
final class ScalarLinear implements LinearKernels {
  private static final int INTERLEAVED = 16;
  private static final int WHOLE = 8;

  @Override
  public void addProduct(int n, double[] matrix, int stride, double[] x, double[] y) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < pad(n); i++) {
        y[i] = Math.fma(matrix[j * stride + i], x[j], y[i]);
      }
    }
  }

  private static int pad(int n) {
    return (n + WHOLE - 1) / WHOLE * WHOLE;
  }

  @Override
  public void products(
      int n, double[] k, int stride, double[] x, double[] product, double[] absolute) {
    Arrays.fill(product, 0, pad(n), 0.0);
    Arrays.fill(absolute, 0, pad(n), 0.0);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < pad(n); i++) {
        double term = k[j * stride + i] * x[j];
        product[i] += term;
        absolute[i] += Math.abs(term);
      }
    }
  }

  @Override
  public double dot(int count, double[] x, int xOffset, double[] y, int yOffset, double[] scratch) {
    Arrays.fill(scratch, 0, INTERLEAVED, 0);
    for (int j = 0; j < count; j++) {
      int part = j % INTERLEAVED;
      scratch[part] = Math.fma(x[xOffset + j], y[yOffset + j], scratch[part]);
    }
    double total = 0.0;
    for (int part = 0; part < INTERLEAVED; part++) {
      total += scratch[part];
    }
    return total;
  }

  @Override
  public void addBits(int words, int[] bits, int offset, int sign, int[] counts) {
    for (int j = 0; j < 32 * words; j++) {
      counts[j] += sign * ((bits[offset + (j >>> 5)] >>> j) & 1);
    }
  }

  @Override
  public int close(
      int from,
      int to,
      double[] start,
      double[] slope,
      double factor,
      double limit,
      int[] indices) {
    int count = 0;
    for (int k = from; k < to; k++) {
      if (Math.fma(factor, slope[k], start[k]) <= limit) {
        indices[count++] = k;
      }
    }
    return count;
  }
}
