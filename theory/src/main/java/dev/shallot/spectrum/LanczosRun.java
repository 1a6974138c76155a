package dev.shallot.spectrum;

import dev.shallot.TheoryException;
import dev.shallot.numeric.TriangleKernels;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;

/**
 * Lanczos' recursion: an orthonormal basis v_1, v_2, ... of the Krylov space of A and a vector, in
 * which A is the tridiagonal matrix T with the diagonal alpha and beta beside it,
 *
 * <pre>beta_j v_{j+1} = A v_j - alpha_j v_j - beta_{j-1} v_{j-1}.</pre>
 *
 * <p>An eigenpair (theta, y) of T of size j gives the Ritz pair (theta, sum y_i v_i) of A, whose
 * residual ||A v - theta v|| is beta_j |y_j| (Parlett, The Symmetric Eigenvalue Problem, 13.2).
 * Each new vector is made orthogonal to all before it, twice, as what one pass leaves is rounding
 * of the size of what it took away; without this the recursion finds the same eigenvalues again and
 * again.
 *
 * <p>When a new vector vanishes, the basis spans an invariant subspace; the run then goes on with a
 * random vector orthogonal to it and a beta of zero, so a run of n steps finds the whole spectrum,
 * multiple eigenvalues included. Before that a multiple eigenvalue shows once.
 */
final class LanczosRun {
  /** A vector below this part of ||T|| is rounding. */
  private static final double VANISHED = 0x1p-44;

  private static final int FIRST_CAPACITY = 16;

  private final SymmetricOperator operator;
  private final TriangleKernels kernels;
  private final int size;
  private double[] basis;
  private double[] alpha = new double[FIRST_CAPACITY];
  private double[] beta = new double[FIRST_CAPACITY];
  private int steps;
  private double magnitude;

  /**
   * Starts a run.
   *
   * @param start any vector but zero, n numbers; only read
   */
  LanczosRun(SymmetricOperator operator, double[] start, TriangleKernels kernels) {
    this.operator = operator;
    this.kernels = kernels;
    this.size = start.length;
    this.basis = new double[room(FIRST_CAPACITY)];
    double norm = norm(start, kernels);
    for (int i = 0; i < size; i++) {
      basis[i] = start[i] / norm;
    }
  }

  /** Gaussian numbers, the same ones every time. */
  static double[] randomVector(int size, int which) {
    CounterRandom random = new CounterRandom(0, RandomStream.PROBES, 0, which);
    double[] vector = new double[size];
    for (int i = 0; i < size; i++) {
      vector[i] = random.gaussian(i);
    }
    return vector;
  }

  /** ||v||, also where squares are no doubles. */
  static double norm(double[] vector, TriangleKernels kernels) {
    double most = 0.0;
    for (double value : vector) {
      most = Math.max(most, Math.abs(value));
    }
    if (most == 0.0 || (most > 0x1p-400 && most < 0x1p400)) {
      return Math.sqrt(kernels.dot(vector.length, vector, 0, vector, 0));
    }
    if (!Double.isFinite(most)) {
      throw new TheoryException(
          "expected finite numbers, but a product with the matrix holds " + most);
    }
    double[] scaled = new double[vector.length];
    int exponent = Math.getExponent(most);
    for (int i = 0; i < vector.length; i++) {
      scaled[i] = Math.scalb(vector[i], -exponent);
    }
    return Math.scalb(Math.sqrt(kernels.dot(scaled.length, scaled, 0, scaled, 0)), exponent);
  }

  int steps() {
    return steps;
  }

  /** Whether the basis spans all of space, so that T has the spectrum of A. */
  boolean complete() {
    return steps == size;
  }

  /** One product with A and one more row of T; not after {@link #complete}. */
  void step() {
    int j = steps;
    grow(j + 2);
    double[] vector = Arrays.copyOfRange(basis, j * size, (j + 1) * size);
    double[] image = new double[size];
    operator.apply(vector, image);
    alpha[j] = kernels.dot(size, vector, 0, image, 0);
    if (!Double.isFinite(alpha[j])) {
      throw new TheoryException(
          "expected finite numbers, but product %d with the matrix holds others".formatted(j + 1));
    }
    orthogonalise(image, j + 1);
    double left = norm(image, kernels);
    magnitude = Math.max(magnitude, Math.abs(alpha[j]) + left);
    steps++;
    if (complete()) {
      beta[j] = 0.0;
      return;
    }
    beta[j] = left;
    for (int attempt = 1; left <= VANISHED * magnitude; attempt++) {
      beta[j] = 0.0;
      image = randomVector(size, 1 + attempt * size + j);
      orthogonalise(image, j + 1);
      left = norm(image, kernels);
      // A random vector has its length; what is left of it in the last dimensions may be little.
      if (left > VANISHED) {
        break;
      }
    }
    for (int i = 0; i < size; i++) {
      basis[(j + 1) * size + i] = image[i] / left;
    }
  }

  private void orthogonalise(double[] image, int count) {
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < count; i++) {
        double product = kernels.dot(size, basis, i * size, image, 0);
        kernels.addScaled(size, -product, basis, i * size, image, 0);
      }
    }
  }

  /** The eigenpairs of T, ascending; row k is the vector of value k in the basis. */
  Eigensystem ritz() {
    double[] t = new double[steps * steps];
    for (int j = 0; j < steps; j++) {
      t[j * steps + j] = alpha[j];
      if (j + 1 < steps) {
        t[j * steps + j + 1] = beta[j];
        t[(j + 1) * steps + j] = beta[j];
      }
    }
    return Eigenvalues.withVectors(t, steps);
  }

  /** The residual of a Ritz pair, as the recursion knows it: beta_j |y_j|. */
  double residual(Eigensystem ritz, int k) {
    return beta[steps - 1] * Math.abs(ritz.vectors()[k * steps + steps - 1]);
  }

  /** The Ritz vector, of norm 1. */
  double[] vector(Eigensystem ritz, int k) {
    double[] vector = new double[size];
    for (int i = 0; i < steps; i++) {
      kernels.addScaled(size, ritz.vectors()[k * steps + i], basis, i * size, vector, 0);
    }
    double norm = norm(vector, kernels);
    for (int i = 0; i < size; i++) {
      vector[i] /= norm;
    }
    return vector;
  }

  private void grow(int vectors) {
    if (vectors > alpha.length) {
      int capacity = Math.min(2 * alpha.length, Math.max(vectors, size + 1));
      alpha = Arrays.copyOf(alpha, capacity);
      beta = Arrays.copyOf(beta, capacity);
      basis = Arrays.copyOf(basis, room(capacity));
    }
  }

  private int room(int vectors) {
    long numbers = (long) vectors * size;
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new TheoryException(
          "%d Lanczos vectors of %d numbers are too many for one array; ask for fewer eigenvalues"
              .formatted(vectors, size));
    }
    return (int) numbers;
  }
}
