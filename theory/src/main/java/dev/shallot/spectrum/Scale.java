package dev.shallot.spectrum;

import dev.shallot.TheoryException;

/**
 * A power of two, perhaps with a minus sign, as the product of two factors: 2^1074, which lifts the
 * smallest double to 1, is not a double, but a product of two. Multiplying by it is exact, but for
 * numbers that become smaller than any normal double, and those do not matter beside the 1 that the
 * largest has become.
 *
 * @param first the first factor, with the sign
 * @param second the other factor, positive
 */
record Scale(double first, double second) {
  static final Scale ONE = new Scale(1.0, 1.0);

  private static final double MOST = 0x1p1000;

  /**
   * What brings the largest entry of a matrix to [1/2, 1); 1 for a matrix of zeros.
   *
   * @param most max |a_ij|
   * @throws TheoryException if it is so large that an eigenvalue may not be a double
   */
  static Scale towardsOne(double most) {
    if (most > MOST) {
      throw new TheoryException(
          "the largest entry of the matrix is %s in size, and above %s an eigenvalue may be no"
                  .formatted(most, MOST)
              + " double; divide the matrix by a power of two");
    }
    if (most == 0.0) {
      return ONE;
    }
    // The exponent of a number below the normal ones is not in its bits: lift it first.
    int exponent =
        most < Double.MIN_NORMAL ? Math.getExponent(most * 0x1p100) - 100 : Math.getExponent(most);
    int half = (exponent + 1) / 2;
    return new Scale(Math.scalb(1.0, -half), Math.scalb(1.0, half - exponent - 1));
  }

  Scale negated() {
    return new Scale(-first, second);
  }

  /** Into the scaled world. */
  double apply(double value) {
    return value * first * second;
  }

  /** Back from it; rounds only where the result is smaller than any normal double. */
  double back(double value) {
    return value / first / second;
  }
}
