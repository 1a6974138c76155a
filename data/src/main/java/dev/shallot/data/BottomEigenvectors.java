package dev.shallot.data;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;

/**
 * Eigenvectors of the smallest eigenvalues of a symmetric positive semi-definite matrix, by inverse
 * iteration on a block with a few vectors to spare: solve, orthonormalise, rotate to the block's
 * own eigenvectors (Rayleigh and Ritz), until ||H v - lambda v|| is at rounding. The error falls by
 * lambda_c / lambda_{c+9} in each step, so close neighbours at the bottom do little harm. Written
 * here, not taken from a library, so that its bits do not depend on threads or machine.
 */
final class BottomEigenvectors {
  private static final int SPARE = 8;
  private static final int MOST_STEPS = 1000;
  private static final double TOLERANCE = 1e-13;

  private final double[] matrix;
  private final int size;
  private final double scale;
  private final double[] factor;

  /** Of a matrix, size x size, which is only read. */
  BottomEigenvectors(double[] matrix, int size) {
    this.matrix = matrix;
    this.size = size;
    double trace = 0.0;
    for (int i = 0; i < size; i++) {
      trace += matrix[i * size + i];
    }
    this.scale = trace;
    this.factor = factorise();
  }

  /** The first eigenvectors, one after the other, count x size, of norm 1. */
  double[] find(int count) {
    int block = Math.min(size, count + SPARE);
    double[] basis = new double[block * size];
    CounterRandom random = new CounterRandom(0, RandomStream.PROBES);
    for (int i = 0; i < basis.length; i++) {
      basis[i] = random.gaussian(i);
    }
    orthonormalise(basis, block);
    for (int step = 0; step < MOST_STEPS; step++) {
      for (int k = 0; k < block; k++) {
        solve(basis, k * size);
      }
      orthonormalise(basis, block);
      if (rotate(basis, block, count) <= TOLERANCE * scale) {
        return Arrays.copyOf(basis, count * size);
      }
    }
    throw new DataException(
        "the smallest eigenvalues of the kernel of these "
            + size
            + " rows could not be told apart; use other labels or another seed");
  }

  /** Cholesky's lower factor of the matrix plus a shift, which changes no eigenvector. */
  private double[] factorise() {
    double shift = 1e-15 * scale;
    while (true) {
      double[] lower = new double[size * size];
      if (factorise(shift, lower)) {
        return lower;
      }
      shift *= 100.0;
    }
  }

  private boolean factorise(double shift, double[] lower) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * size + j] + (i == j ? shift : 0.0);
        for (int k = 0; k < j; k++) {
          sum -= lower[i * size + k] * lower[j * size + k];
        }
        if (i == j && !(sum > 0.0)) {
          return false;
        }
        lower[i * size + j] = i == j ? Math.sqrt(sum) : sum / lower[j * size + j];
      }
    }
    return true;
  }

  private void solve(double[] vectors, int at) {
    for (int i = 0; i < size; i++) {
      double sum = vectors[at + i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * size + k] * vectors[at + k];
      }
      vectors[at + i] = sum / factor[i * size + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double value = vectors[at + i] / factor[i * size + i];
      vectors[at + i] = value;
      for (int k = 0; k < i; k++) {
        vectors[at + k] -= factor[i * size + k] * value;
      }
    }
  }

  /** Gram and Schmidt, twice, as one pass leaves rounding behind. */
  private void orthonormalise(double[] basis, int block) {
    for (int k = 0; k < block; k++) {
      int at = k * size;
      scaleToUnit(basis, at);
      for (int pass = 0; pass < 2; pass++) {
        for (int l = 0; l < k; l++) {
          double product = dot(basis, at, basis, l * size);
          for (int i = 0; i < size; i++) {
            basis[at + i] -= product * basis[l * size + i];
          }
        }
        scaleToUnit(basis, at);
      }
    }
  }

  private void scaleToUnit(double[] basis, int at) {
    double norm = Math.sqrt(dot(basis, at, basis, at));
    for (int i = at; i < at + size; i++) {
      basis[i] /= norm;
    }
  }

  /** Rotates the block to its own eigenvectors; the largest residual of the wanted ones. */
  private double rotate(double[] basis, int block, int wanted) {
    double[] image = new double[block * size];
    for (int k = 0; k < block; k++) {
      for (int i = 0; i < size; i++) {
        image[k * size + i] = dot(matrix, i * size, basis, k * size);
      }
    }
    double[] small = new double[block * block];
    for (int k = 0; k < block; k++) {
      for (int l = 0; l <= k; l++) {
        double entry = dot(basis, k * size, image, l * size);
        small[k * block + l] = entry;
        small[l * block + k] = entry;
      }
    }
    double[] rotation = JacobiEigenvalues.vectors(small, block);
    double[] rotated = combine(basis, rotation, block);
    double[] rotatedImage = combine(image, rotation, block);
    System.arraycopy(rotated, 0, basis, 0, basis.length);
    double worst = 0.0;
    for (int k = 0; k < wanted; k++) {
      double lambda = dot(basis, k * size, rotatedImage, k * size);
      double sum = 0.0;
      for (int i = 0; i < size; i++) {
        double gap = rotatedImage[k * size + i] - lambda * basis[k * size + i];
        sum += gap * gap;
      }
      worst = Math.max(worst, Math.sqrt(sum));
    }
    return worst;
  }

  private double[] combine(double[] vectors, double[] rotation, int block) {
    double[] combined = new double[vectors.length];
    for (int k = 0; k < block; k++) {
      for (int l = 0; l < block; l++) {
        double weight = rotation[k * block + l];
        for (int i = 0; i < size; i++) {
          combined[k * size + i] += weight * vectors[l * size + i];
        }
      }
    }
    return combined;
  }

  private double dot(double[] a, int fromA, double[] b, int fromB) {
    double sum = 0.0;
    for (int i = 0; i < size; i++) {
      sum += a[fromA + i] * b[fromB + i];
    }
    return sum;
  }
}
