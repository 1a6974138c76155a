package dev.shallot.data;

import java.util.Arrays;

/**
 * An invertible scaling of columns: {@code scaled = (value - offset) / factor}.
 *
 * @param offsets one a column
 * @param factors one a column, finite and not 0
 */
public record Scaling(double[] offsets, double[] factors) {
  public Scaling {
    if (offsets.length != factors.length) {
      throw new DataException(
          "a scaling needs as many factors as offsets, but has %d and %d"
              .formatted(factors.length, offsets.length));
    }
    for (int j = 0; j < factors.length; j++) {
      if (!Double.isFinite(offsets[j]) || !Double.isFinite(factors[j]) || factors[j] == 0.0) {
        throw new DataException(
            "a scaling needs finite offsets and finite factors other than 0, but column %d has"
                    .formatted(j + 1)
                + " offset %s and factor %s".formatted(offsets[j], factors[j]));
      }
    }
  }

  /** Offsets 0 and factors 1. */
  public static Scaling identity(int columns) {
    double[] factors = new double[columns];
    Arrays.fill(factors, 1.0);
    return new Scaling(new double[columns], factors);
  }

  /** Number of columns. */
  public int columns() {
    return offsets.length;
  }

  /** The scaled value of a column. */
  public double scale(int column, double value) {
    return (value - offsets[column]) / factors[column];
  }

  /** The value that scales to a number. */
  public double unscale(int column, double scaled) {
    return scaled * factors[column] + offsets[column];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling that
        && Arrays.equals(offsets, that.offsets)
        && Arrays.equals(factors, that.factors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(factors);
  }

  @Override
  public String toString() {
    return "Scaling[" + offsets.length + " columns]";
  }
}
