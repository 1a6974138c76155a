package dev.shallot.data;

/** Cholesky's factorisation of a shifted symmetric matrix, and what is solved with it. */
final class Cholesky {
  private static final int ROWS = 4;

  private Cholesky() {}

  /**
   * The lower factor L of H - shift, size x size, with L L^T = H - shift; an empty array when the
   * shift is not below the smallest eigenvalue, as far as rounding lets it be seen.
   *
   * @param matrix H, symmetric
   */
  static double[] factorise(double[] matrix, int size, double shift) {
    double[] lower = new double[size * size];
    for (int first = 0; first < size; first += ROWS) {
      int rows = Math.min(ROWS, size - first);
      for (int j = 0; j < first; j++) {
        fourDots(matrix, lower, size, first, rows, j);
      }
      for (int i = first; i < first + rows; i++) {
        for (int j = first; j <= i; j++) {
          double sum = matrix[i * size + j] - (i == j ? shift : 0.0);
          for (int k = 0; k < j; k++) {
            sum -= lower[i * size + k] * lower[j * size + k];
          }
          if (i == j && !(sum > 0.0)) {
            return new double[0];
          }
          lower[i * size + j] = i == j ? Math.sqrt(sum) : sum / lower[j * size + j];
        }
      }
    }
    return lower;
  }

  /** Column j of up to four rows at once, so that four sums run beside one another. */
  private static void fourDots(
      double[] matrix, double[] lower, int size, int first, int rows, int j) {
    int a = first * size;
    int b = (first + Math.min(1, rows - 1)) * size;
    int c = (first + Math.min(2, rows - 1)) * size;
    int d = (first + Math.min(3, rows - 1)) * size;
    int other = j * size;
    double sumA = matrix[a + j];
    double sumB = matrix[b + j];
    double sumC = matrix[c + j];
    double sumD = matrix[d + j];
    for (int k = 0; k < j; k++) {
      double value = lower[other + k];
      sumA -= lower[a + k] * value;
      sumB -= lower[b + k] * value;
      sumC -= lower[c + k] * value;
      sumD -= lower[d + k] * value;
    }
    // Where there are fewer than four rows, the last is written more than once, with equal numbers.
    double pivot = lower[other + j];
    lower[a + j] = sumA / pivot;
    lower[b + j] = sumB / pivot;
    lower[c + j] = sumC / pivot;
    lower[d + j] = sumD / pivot;
  }

  /** Solves L L^T x = v in place; v stands in an array from an index on. */
  static void solve(double[] lower, int size, double[] vectors, int at) {
    for (int i = 0; i < size; i++) {
      double sum = vectors[at + i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i * size + k] * vectors[at + k];
      }
      vectors[at + i] = sum / lower[i * size + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double value = vectors[at + i] / lower[i * size + i];
      vectors[at + i] = value;
      for (int k = 0; k < i; k++) {
        vectors[at + k] -= lower[i * size + k] * value;
      }
    }
  }
}
