package dev.shallot.spectrum;

/**
 * The smallest or the largest eigenvalue of a symmetric matrix, with proof.
 *
 * @param estimate the Rayleigh quotient v^T A v / v^T v of the best vector found
 * @param low proven: no smaller than this is the eigenvalue, rounding included
 * @param high proven: no larger than this is the eigenvalue, rounding included
 * @param residual ||A v - estimate v|| of that vector, ||v|| = 1
 * @param method how the estimate was found
 * @param factorisations how many Cholesky factorisations were begun
 * @param steps how many Lanczos steps were taken
 */
public record EigenvalueInterval(
    double estimate,
    double low,
    double high,
    double residual,
    Method method,
    int factorisations,
    int steps) {

  /** How an estimate was found. */
  public enum Method {
    /** Read off: a matrix of one row, or of zeros. */
    EXACT,
    /** Lanczos on A. */
    LANCZOS,
    /** Lanczos on (A - sigma I)^-1. */
    SHIFT_AND_INVERT
  }

  /** {@code high - low}. */
  public double width() {
    return high - low;
  }

  /** {@code (high - low) / |estimate|}; infinite where the estimate is 0 and the width is not. */
  public double relativeWidth() {
    return width() == 0.0 ? 0.0 : width() / Math.abs(estimate);
  }
}
