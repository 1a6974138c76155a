package dev.shallot.data;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;

/**
 * Eigenvectors of the smallest eigenvalues of a symmetric positive semi-definite matrix, by inverse
 * iteration on a block with a few vectors to spare: solve, orthonormalise, rotate to the block's
 * own eigenvectors (Rayleigh and Ritz), until ||H v - lambda v|| is at rounding. Solved is with H -
 * s, s a shift below the smallest eigenvalue, so that the error falls by (lambda_c - s) /
 * (lambda_{c+9} - s) in each step; s moves up as the smallest eigenvalue becomes known. That s is
 * below it is certain because Cholesky's factorisation of H - s exists only then. Written here, not
 * taken from a library, so that its bits do not depend on threads or machine.
 */
final class BottomEigenvectors {
  private static final int SPARE = 8;
  private static final int MOST_STEPS = 1000;
  private static final int STEPS_A_SHIFT = 6;
  private static final double TOLERANCE = 1e-13;

  private final double[] matrix;
  private final int size;
  private final double scale;
  private double[] factor;
  private double shift;

  /** Of a matrix, size x size, which is only read. */
  BottomEigenvectors(double[] matrix, int size) {
    this.matrix = matrix;
    this.size = size;
    double trace = 0.0;
    for (int i = 0; i < size; i++) {
      trace += matrix[i * size + i];
    }
    this.scale = trace;
    // A little below zero, as the smallest eigenvalue may be zero.
    double below = -1e-15 * scale;
    double[] lower = Cholesky.factorise(matrix, size, below);
    while (lower.length == 0) {
      below *= 100.0;
      lower = Cholesky.factorise(matrix, size, below);
    }
    this.factor = lower;
    this.shift = below;
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
    for (int step = 1; step <= MOST_STEPS; step++) {
      for (int k = 0; k < block; k++) {
        Cholesky.solve(factor, size, basis, k * size);
      }
      orthonormalise(basis, block);
      double[] residuals = rotate(basis, block, count);
      if (Arrays.stream(residuals).max().orElseThrow() <= TOLERANCE * scale) {
        return Arrays.copyOf(basis, count * size);
      }
      if (step % STEPS_A_SHIFT == 0) {
        raiseShift(basis, residuals[0]);
      }
    }
    throw new DataException(
        "the smallest eigenvalues of the kernel of these "
            + size
            + " rows could not be told apart; use other labels or another seed");
  }

  /** An eigenvalue lies within the residual of the quotient; hopefully the smallest. */
  private void raiseShift(double[] basis, double residual) {
    double[] image = new double[size];
    for (int i = 0; i < size; i++) {
      image[i] = dot(matrix, i * size, basis, 0);
    }
    double wanted = dot(image, 0, basis, 0) - 2.0 * residual - 1e-12 * scale;
    if (wanted > shift) {
      double[] raised = Cholesky.factorise(matrix, size, wanted);
      if (raised.length > 0) {
        factor = raised;
        shift = wanted;
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

  /** Rotates the block to its own eigenvectors; the residuals of the wanted ones. */
  private double[] rotate(double[] basis, int block, int wanted) {
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
    double[] residuals = new double[wanted];
    for (int k = 0; k < wanted; k++) {
      double lambda = dot(basis, k * size, rotatedImage, k * size);
      double sum = 0.0;
      for (int i = 0; i < size; i++) {
        double gap = rotatedImage[k * size + i] - lambda * basis[k * size + i];
        sum += gap * gap;
      }
      residuals[k] = Math.sqrt(sum);
    }
    return residuals;
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
