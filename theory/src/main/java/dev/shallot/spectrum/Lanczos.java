package dev.shallot.spectrum;

import dev.shallot.TheoryException;
import dev.shallot.numeric.TriangleKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Lanczos' method with full reorthogonalisation, for matrices known by their products alone.
 *
 * <p><b>What is proven:</b> up to the rounding of a product, an eigenvalue lies within the residual
 * of each value. <b>What is not:</b> that it is the largest (or smallest) one, that none was passed
 * over, and that multiple eigenvalues are shown as often as they occur: until the run has as many
 * steps as the matrix has rows, each of them shows once. The largest Ritz value is never above the
 * largest eigenvalue, the smallest never below the smallest. Where the end of the spectrum is dense
 * the residuals stay large; for a matrix that fits in memory {@link ExtremeEigenvalues} does
 * better.
 */
public final class Lanczos {
  /** A residual below this part of the largest Ritz value is as good as rounding lets it be. */
  private static final double CONVERGED = 0x1p-40;

  private static final int LOOK = 4;

  private Lanczos() {}

  /**
   * Estimates of the {@code count} largest eigenvalues, descending. A step costs a product and
   * {@code 8 j n} flops, j the number of the step, and n numbers of memory.
   *
   * @param operator the matrix; must be symmetric, which nothing here can check
   * @param size n
   * @param count how many, 1 .. n
   * @param mostSteps at most so many products, at least {@code count}; {@code count} more go into
   *     the residuals
   */
  public static List<RitzPair> largest(
      SymmetricOperator operator, int size, int count, int mostSteps) {
    return extreme(operator, size, count, mostSteps, true);
  }

  /** Estimates of the {@code count} smallest eigenvalues, ascending; see {@link #largest}. */
  public static List<RitzPair> smallest(
      SymmetricOperator operator, int size, int count, int mostSteps) {
    return extreme(operator, size, count, mostSteps, false);
  }

  private static List<RitzPair> extreme(
      SymmetricOperator operator, int size, int count, int mostSteps, boolean top) {
    if (size < 1 || count < 1 || count > size || mostSteps < Math.min(count, size)) {
      throw new TheoryException(
          "expected 1 <= count <= n and count <= steps, but n = %d, count = %d, steps = %d"
              .formatted(size, count, mostSteps));
    }
    TriangleKernels kernels = TriangleKernels.inForce();
    LanczosRun run = new LanczosRun(operator, LanczosRun.randomVector(size, 0), kernels);
    run(run, count, mostSteps, top);
    return pairs(run, count, operator, top, kernels);
  }

  /** Steps until the pairs at one end have converged, or all steps are taken. */
  static void run(LanczosRun run, int count, int mostSteps, boolean top) {
    int look = Math.max(count, LOOK);
    while (!run.complete() && run.steps() < mostSteps) {
      run.step();
      if (run.steps() >= look) {
        if (converged(run, count, top)) {
          return;
        }
        look = nextLook(run.steps());
      }
    }
  }

  /** The Ritz values cost the cube of the number of steps, so one looks at them ever less often. */
  static int nextLook(int steps) {
    return steps + Math.max(LOOK, steps / 8);
  }

  private static boolean converged(LanczosRun run, int count, boolean top) {
    Eigensystem ritz = run.ritz();
    int last = run.steps() - 1;
    double largest = Math.max(Math.abs(ritz.values()[0]), Math.abs(ritz.values()[last]));
    for (int k = 0; k < count; k++) {
      if (run.residual(ritz, top ? last - k : k) > CONVERGED * largest) {
        return false;
      }
    }
    return true;
  }

  /**
   * The pairs at one end of a run, with values and residuals by a matrix that has the same vectors.
   */
  static List<RitzPair> pairs(
      LanczosRun run, int count, SymmetricOperator operator, boolean top, TriangleKernels kernels) {
    Eigensystem ritz = run.ritz();
    List<RitzPair> pairs = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double[] vector = run.vector(ritz, top ? run.steps() - 1 - k : k);
      double[] image = new double[vector.length];
      operator.apply(vector, image);
      double value = kernels.dot(vector.length, vector, 0, image, 0);
      kernels.addScaled(vector.length, -value, vector, 0, image, 0);
      pairs.add(new RitzPair(value, LanczosRun.norm(image, kernels), vector));
    }
    return pairs;
  }
}
