package dev.shallot.spectrum;

/** A symmetric matrix that is known only by its products: v to A v. */
@FunctionalInterface
public interface SymmetricOperator {
  /**
   * {@code image = A vector}.
   *
   * @param vector n numbers, only read
   * @param image n numbers, overwritten; never the same array as {@code vector}
   */
  void apply(double[] vector, double[] image);
}
