package dev.shallot.spectrum;

import dev.shallot.engine.Team;
import dev.shallot.numeric.TriangleKernels;
import dev.shallot.spectrum.EigenvalueInterval.Method;
import java.util.Arrays;

/**
 * The smallest eigenvalue lambda of a symmetric matrix B = scale A, max |b_ij| in [1/2, 1), between
 * two bounds that are proven. (The largest eigenvalue of A is minus the smallest of -A.)
 *
 * <p><b>From above</b> by a {@link RayleighQuotient} rho. <b>From below</b> by Cholesky: if B - s I
 * has a factor, lambda is not below s, less an allowance for rounding ({@link Rounding}). The
 * search works on both: it finds a vector with a small rho, tries s just below rho, and when that
 * is refused or was not close enough, looks for a better vector.
 *
 * <p><b>Vectors</b> come from Lanczos on (B - sigma I)^-1, sigma the last s that had a factor. The
 * bottom of a kernel's spectrum is dense: Lanczos on B itself sees lambda and its neighbours, whose
 * distances are 10^-6 of the spectrum's length, as one, and stalls. Turned over, 1 / (lambda -
 * sigma) stands out, by the more the closer sigma is. The first sigma is zero, less the allowance,
 * when a positive semi-definite matrix is expected. If that has no factor, or the top of A is
 * wanted, Lanczos on B gives the first vector.
 *
 * <p><b>How close is s?</b> The theory of Ritz values says that rho exceeds lambda by at most the
 * residual eta, and by eta^2 / delta if the next Ritz value is at a distance delta and means the
 * next eigenvalue. That is an estimate, but being wrong only costs a refused factorisation. At the
 * end s is below rho by an eighth of the allowance, as rounding is far below its bound, so the
 * interval is little longer than the allowance.
 */
final class CertifiedEnd {
  /** The smallest distance from rho to try, as a part of the allowance. */
  private static final double PART_OF_ALLOWANCE = 0.125;

  /** A factorisation of a large matrix costs about as much as so many steps of Lanczos. */
  private static final int STEPS_WORTH_A_FACTOR = 48;

  /** After these many a closer shift pays when it would be so much closer. */
  private static final double MUCH_CLOSER = 0.05;

  /**
   * The estimate of rho's error must be this part of the gap that it has to fit in. It is small
   * because the estimate trusts a Ritz value that may not have converged, and because a few steps
   * more cost less than a factorisation that is refused.
   */
  private static final double CONVERGED = 1e-3;

  /**
   * How many estimated errors below rho a shift is put. For kernels of 300 to 10,000 rows the error
   * was 0.06 to 0.6 times its estimate as long as Lanczos had not converged.
   */
  private static final double SAFETY = 1.5;

  private static final int MOST_STEPS = 160;
  private static final int MOST_FACTORISATIONS = 24;
  private static final double BACK_OFF = 32.0;

  /** How much of a random vector is mixed into the start of a run, lest it be blind. */
  private static final double NOISE = 0.01;

  private final double[] matrix;
  private final int size;
  private final Scale scale;
  private final Team team;
  private final TriangleKernels kernels;
  private final MatrixProduct product;
  private final PanelFactor factor;
  private final TriangularSolve solver;
  private final double[] rightHandSide;

  private double[] best = new double[0];
  private double rho = Double.POSITIVE_INFINITY;
  private double residual;
  private double high = Double.POSITIVE_INFINITY;
  private double low = Double.NEGATIVE_INFINITY;

  /** About how far rho is above lambda. */
  private double error = Double.POSITIVE_INFINITY;

  /** The shift of the factor in memory. */
  private double sigma = Double.NEGATIVE_INFINITY;

  /** The largest shift that had a factor. */
  private double proven = Double.NEGATIVE_INFINITY;

  private boolean held;
  private int factorisations;
  private int steps;
  private Method method = Method.LANCZOS;

  /**
   * Takes memory for a factor.
   *
   * @param matrix A, checked, n x n
   */
  CertifiedEnd(double[] matrix, int size, Scale scale, Team team) {
    this.matrix = matrix;
    this.size = size;
    this.scale = scale;
    this.team = team;
    this.kernels = TriangleKernels.inForce();
    this.product = new MatrixProduct(matrix, size, scale, kernels, team);
    this.factor = new PanelFactor(size, kernels);
    this.solver = new TriangularSolve(factor);
    this.rightHandSide = solver.allocate();
  }

  static long bytes(int size) {
    return PanelFactor.bytes(size) + (long) Double.BYTES * size * MOST_STEPS;
  }

  /**
   * The search.
   *
   * @param semidefinite whether B is expected to have no negative eigenvalue; only time depends on
   *     it
   */
  void search(boolean semidefinite) {
    for (int i = 0; i < size; i++) {
      // A unit vector's Rayleigh quotient, without any rounding.
      high = Math.min(high, scale.apply(matrix[i * size + i]));
    }
    if (!semidefinite || !factorAt(-allowance(0.0))) {
      improve(product, false);
    }
    double refused = 0.0;
    double rhoThen = rho;
    while (factorisations < MOST_FACTORISATIONS) {
      if (held) {
        improve(this::inverse, true);
      }
      if (rho < rhoThen - 0.5 * refused) {
        refused = 0.0; // rightly refused, as is now known: it was not rounding
      }
      double least = Math.max(leastGap(rho), 4.0 * refused);
      double gap = Math.max(least, error);
      if (held) {
        gap = Math.min(gap, Math.max(least, 0.25 * (rho - sigma)));
      }
      if (rho - proven <= 1.25 * gap) {
        return;
      }
      boolean first = true;
      // What was proven once has a factor again, so this ends.
      while (!factorAt(Math.max(rho - gap, proven))) {
        first = false;
        refused = gap;
        rhoThen = rho;
        gap *= BACK_OFF;
      }
      if (first && gap == least) {
        return;
      }
    }
  }

  /**
   * An estimate of lambda by one factorisation and one run of Lanczos; the whole search where that
   * does not do. B is expected to have no negative eigenvalue.
   *
   * @return in the units of A
   */
  double estimate() {
    if (factorAt(-allowance(0.0))) {
      improve(this::inverse, true);
      if (error <= leastGap(rho)) {
        return scale.back(rho);
      }
    }
    search(true);
    return interval().estimate();
  }

  /** What is proven, in the units of A. */
  EigenvalueInterval interval() {
    double end = scale.back(low);
    double other = scale.back(high);
    double from = outwards(Math.min(end, other), -1.0);
    double to = outwards(Math.max(end, other), 1.0);
    double estimate = Math.clamp(scale.back(rho), from, to);
    double distance = Math.abs(scale.back(residual));
    return new EigenvalueInterval(estimate, from, to, distance, method, factorisations, steps);
  }

  /** Scaling back rounds only below the normal numbers. */
  private static double outwards(double bound, double direction) {
    return Math.abs(bound) < Double.MIN_NORMAL
        ? Math.nextAfter(bound, direction * Double.POSITIVE_INFINITY)
        : bound;
  }

  /** Lanczos on (B - s I)^-1 with s well below lambda, as many steps as so many pairs need. */
  LanczosRun inverseRun(int count, int mostSteps) {
    double mean = 0.0;
    for (int i = 0; i < size; i++) {
      mean += scale.apply(matrix[i * size + i]) / size;
    }
    double gap = Math.max(32.0 * leastGap(rho), 1e-3 * (mean - rho));
    while (!factorAt(rho - gap)) {
      gap *= BACK_OFF;
    }
    LanczosRun run = new LanczosRun(this::inverse, LanczosRun.randomVector(size, 0), kernels);
    Lanczos.run(run, count, mostSteps, true);
    return run;
  }

  private double leastGap(double shift) {
    return PART_OF_ALLOWANCE * allowance(shift) + 2.0 * Math.ulp(shift);
  }

  /** How far lambda may be below a shift at which a factorisation succeeded. */
  private double allowance(double shift) {
    double trace = 0.0;
    double largest = 0.0;
    for (int i = 0; i < size; i++) {
      double entry = Math.abs(scale.apply(matrix[i * size + i]) - shift);
      trace += entry;
      largest = Math.max(largest, entry);
    }
    return Rounding.choleskyAllowance(size, trace, largest);
  }

  private boolean factorAt(double shift) {
    factorisations++;
    held = factor.factor(matrix, scale, shift, team) < 0;
    if (held) {
      sigma = shift;
      proven = Math.max(proven, shift);
      low = Math.max(low, Math.nextDown(shift - allowance(shift)));
    }
    return held;
  }

  private void inverse(double[] vector, double[] image) {
    System.arraycopy(vector, 0, rightHandSide, 0, size);
    Arrays.fill(rightHandSide, size, rightHandSide.length, 0.0);
    solver.solve(rightHandSide, team);
    System.arraycopy(rightHandSide, 0, image, 0, size);
  }

  /** Looks for a vector with a smaller rho. */
  private void improve(SymmetricOperator operator, boolean inverted) {
    LanczosRun run = new LanczosRun(operator, start(), kernels);
    int look = Lanczos.nextLook(0);
    while (true) {
      run.step();
      steps++;
      if (!run.complete() && run.steps() < look) {
        continue;
      }
      look = Lanczos.nextLook(run.steps());
      Eigensystem ritz = run.ritz();
      int k = inverted ? run.steps() - 1 : 0;
      double value = ritz.values()[k];
      double eta = run.residual(ritz, k);
      if (run.steps() > 1) {
        double delta = Math.abs(value - ritz.values()[inverted ? k - 1 : 1]);
        eta = delta > 0.0 ? Math.min(eta, eta * eta / delta) : eta;
      }
      double distance = inverted ? 1.0 / value : Double.POSITIVE_INFINITY;
      double guess = inverted ? sigma + distance : value;
      double away = inverted ? eta * distance * distance : eta;
      boolean done = away <= CONVERGED * leastGap(guess);
      boolean enough = run.steps() >= STEPS_WORTH_A_FACTOR && away <= MUCH_CLOSER * distance;
      if (done || (inverted && enough) || run.complete() || run.steps() >= MOST_STEPS) {
        take(inverted ? washed(run.vector(ritz, k)) : run.vector(ritz, k), away, inverted);
        return;
      }
    }
  }

  /**
   * One step of inverse iteration. With sigma at a distance from lambda that is hardly above
   * rounding, the solves are exact for matrices that differ from one solve to the next, which T
   * knows nothing of, and the Ritz vector keeps some 1e-4 of all other eigenvectors. The step
   * divides that by (their distance) / (lambda - sigma).
   */
  private double[] washed(double[] vector) {
    double[] image = new double[size];
    inverse(vector, image);
    double norm = LanczosRun.norm(image, kernels);
    for (int i = 0; i < size; i++) {
      image[i] /= norm;
    }
    return image;
  }

  private double[] start() {
    double[] vector = LanczosRun.randomVector(size, factorisations);
    if (best.length > 0) {
      double weight = NOISE / LanczosRun.norm(vector, kernels);
      for (int i = 0; i < size; i++) {
        vector[i] = best[i] + weight * vector[i];
      }
    }
    return vector;
  }

  private void take(double[] vector, double away, boolean inverted) {
    RayleighQuotient quotient = RayleighQuotient.of(vector, product, kernels);
    high = Math.min(high, quotient.high());
    if (quotient.value() <= rho) {
      best = vector;
      rho = quotient.value();
      residual = quotient.residual();
      method = inverted ? Method.SHIFT_AND_INVERT : Method.LANCZOS;
    }
    error = SAFETY * away;
  }
}
