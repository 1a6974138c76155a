package dev.shallot.spectrum;

import dev.shallot.numeric.ReflectionKernels;
import dev.shallot.numeric.Simd;

/**
 * A symmetric matrix brought to three diagonals by Householder's reflections, for the sake of its
 * smallest eigenvalue alone: 4 n^3/3 flops, and some fifty passes over the diagonals. Absolute
 * errors are a small multiple of n u ||A||, as of any stable method.
 *
 * <p><b>One pass a reflection.</b> A reflection H = I - beta v v^T changes A into A - v w^T - w
 * v^T, w = p - (beta/2) (p . v) v, p = beta A v. The vector of the reflection after it depends on
 * one row only. So that row is changed first, the next v is made of it, and then a single pass
 * changes the other rows and multiplies them with the next v.
 */
final class Tridiagonal {
  private static final int PAD = ReflectionKernels.PAD;

  private final int size;
  private final double[] diagonal;
  private final double[] besides;

  private Tridiagonal(int size) {
    this.size = size;
    this.diagonal = new double[size];
    this.besides = new double[size];
  }

  /**
   * Of a matrix.
   *
   * @param matrix n x n, row-major, symmetric; only read
   * @param scale what it is multiplied by, so that no square overflows
   */
  static Tridiagonal of(double[] matrix, int size, Scale scale) {
    int stride = (size + PAD - 1) / PAD * PAD;
    double[] a = new double[size * stride];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        a[i * stride + j] = scale.apply(matrix[i * size + j]);
      }
    }
    Tridiagonal result = new Tridiagonal(size);
    result.reduce(a, stride);
    return result;
  }

  private void reduce(double[] a, int stride) {
    ReflectionKernels kernels = Simd.reflections();
    double[] v = new double[stride];
    double[] w = new double[stride];
    double[] next = new double[stride];
    double[] image = new double[stride];
    for (int k = 0; k < size; k++) {
      int row = k * stride;
      for (int j = k; j < size; j++) {
        a[row + j] = Math.fma(-w[k], v[j], Math.fma(-v[k], w[j], a[row + j]));
      }
      diagonal[k] = a[row + k];
      if (k == size - 1) {
        return;
      }
      double beta = reflection(a, row, k, next);
      kernels.reflect(k + 1, size, (k + 1) / PAD * PAD, a, stride, v, w, next, image);
      double product = 0.0;
      for (int j = k + 1; j < size; j++) {
        product = Math.fma(image[j], next[j], product);
      }
      double part = beta * beta * product / 2.0;
      for (int j = 0; j < size; j++) {
        // Nothing is left of the columns that are done.
        w[j] = j > k ? Math.fma(-part, next[j], beta * image[j]) : 0.0;
        v[j] = next[j];
      }
    }
  }

  /** Makes the vector that brings the rest of row k to its first number; tells beta. */
  private double reflection(double[] a, int row, int k, double[] next) {
    double others = 0.0;
    next[k] = 0.0;
    for (int j = k + 2; j < size; j++) {
      next[j] = a[row + j];
      others = Math.fma(next[j], next[j], others);
    }
    double first = a[row + k + 1];
    if (others == 0.0) {
      besides[k] = first;
      next[k + 1] = 0.0;
      return 0.0;
    }
    double norm = Math.sqrt(Math.fma(first, first, others));
    besides[k] = first > 0.0 ? -norm : norm;
    next[k + 1] = first - besides[k];
    return 2.0 / Math.fma(next[k + 1], next[k + 1], others);
  }

  /** The smallest eigenvalue, by bisection: Sturm's count says how many are below a number. */
  double smallest() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    double norm = 0.0;
    for (int i = 0; i < size; i++) {
      double around = (i > 0 ? Math.abs(besides[i - 1]) : 0.0) + Math.abs(besides[i]);
      low = Math.min(low, diagonal[i] - around);
      high = Math.min(high, diagonal[i]);
      norm = Math.max(norm, Math.abs(diagonal[i]) + around);
    }
    double enough = Math.ulp(norm) / 4.0;
    low -= enough;
    while (high - low > enough) {
      double middle = low + (high - low) / 2.0;
      if (middle <= low || middle >= high) {
        break;
      }
      if (anyBelow(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low + (high - low) / 2.0;
  }

  /** Whether a pivot of T - x I is negative, so that an eigenvalue is below x. */
  private boolean anyBelow(double x) {
    double pivot = diagonal[0] - x;
    for (int i = 1; i < size; i++) {
      if (!(pivot > 0.0)) {
        return true;
      }
      pivot = diagonal[i] - x - besides[i - 1] * besides[i - 1] / pivot;
    }
    return !(pivot > 0.0);
  }
}
