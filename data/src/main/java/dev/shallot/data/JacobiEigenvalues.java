package dev.shallot.data;

import java.util.stream.IntStream;

/** All eigenvectors of a small symmetric matrix by Jacobi's cyclic rotations. */
final class JacobiEigenvalues {
  private static final int MOST_SWEEPS = 60;

  private JacobiEigenvalues() {}

  /**
   * The eigenvectors, one a row, in ascending order of their eigenvalues.
   *
   * @param matrix size x size, symmetric; it is destroyed
   */
  static double[] vectors(double[] matrix, int size) {
    double[] vectors = new double[size * size];
    for (int i = 0; i < size; i++) {
      vectors[i * size + i] = 1.0;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(matrix, size) > 0.0; sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(matrix, vectors, size, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted((a, b) -> Double.compare(matrix[a * size + a], matrix[b * size + b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sorted = new double[size * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(vectors, order[i] * size, sorted, i * size, size);
    }
    return sorted;
  }

  private static double offDiagonal(double[] matrix, int size) {
    double sum = 0.0;
    for (int p = 0; p < size; p++) {
      for (int q = p + 1; q < size; q++) {
        sum += Math.abs(matrix[p * size + q]);
      }
    }
    return sum;
  }

  private static void rotate(double[] matrix, double[] vectors, int size, int p, int q) {
    double off = matrix[p * size + q];
    double gap = matrix[q * size + q] - matrix[p * size + p];
    if (Math.abs(off)
        <= 1e-18 * (Math.abs(matrix[p * size + p]) + Math.abs(matrix[q * size + q]))) {
      matrix[p * size + q] = 0.0;
      matrix[q * size + p] = 0.0;
      return;
    }
    double theta = gap / (2.0 * off);
    double t = (theta < 0.0 ? -1.0 : 1.0) / (Math.abs(theta) + Math.sqrt(theta * theta + 1.0));
    double cosine = 1.0 / Math.sqrt(t * t + 1.0);
    double sine = t * cosine;
    for (int i = 0; i < size; i++) {
      double ip = matrix[i * size + p];
      double iq = matrix[i * size + q];
      matrix[i * size + p] = cosine * ip - sine * iq;
      matrix[i * size + q] = sine * ip + cosine * iq;
    }
    for (int i = 0; i < size; i++) {
      double pi = matrix[p * size + i];
      double qi = matrix[q * size + i];
      matrix[p * size + i] = cosine * pi - sine * qi;
      matrix[q * size + i] = sine * pi + cosine * qi;
      double vp = vectors[p * size + i];
      double vq = vectors[q * size + i];
      vectors[p * size + i] = cosine * vp - sine * vq;
      vectors[q * size + i] = sine * vp + cosine * vq;
    }
  }
}
