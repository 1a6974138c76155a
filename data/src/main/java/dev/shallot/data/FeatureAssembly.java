package dev.shallot.data;

/** The last steps: scale, append the constant feature, divide rows by their norms. */
final class FeatureAssembly {
  /** Squares of smaller numbers may vanish, squares of larger ones overflow. */
  private static final double SMALL = 1e-140;

  private FeatureAssembly() {}

  /**
   * X, n x d row-major.
   *
   * @param table whose rows these are
   * @param encoded n x columns of the scaling, no NaN
   */
  static double[] assemble(
      Table table, double[] encoded, Scaling scaling, boolean bias, boolean unitRows) {
    int width = scaling.columns();
    int features = width + (bias ? 1 : 0);
    int rows = encoded.length / width;
    if ((long) rows * features > Integer.MAX_VALUE - 8) {
      throw new DataException(
          rows + " rows of " + features + " features are more than one array can hold");
    }
    double[] x = new double[rows * features];
    for (int row = 0; row < rows; row++) {
      int at = row * features;
      for (int j = 0; j < width; j++) {
        double value = scaling.scale(j, encoded[row * width + j]);
        if (!Double.isFinite(value)) {
          throw new DataException(
              "row %s, feature %s: %s is too large to be scaled"
                  .formatted(table.rowNumber(row), j + 1, encoded[row * width + j]));
        }
        x[at + j] = value;
      }
      if (bias) {
        x[at + width] = 1.0;
      }
      if (unitRows) {
        normalise(x, at, features, table.rowNumber(row));
      }
    }
    return x;
  }

  private static void normalise(double[] x, int at, int features, int rowNumber) {
    double norm = norm(x, at, features);
    if (norm == 0.0) {
      throw new DataException(
          "row %s is all zeros, so it has no direction and cannot become a unit row: switch the constant feature on (--bias on) or unit rows off (--unit-rows off)"
              .formatted(rowNumber));
    }
    boolean plain = norm > SMALL && norm < 1 / SMALL;
    double first = plain ? norm : largest(x, at, features);
    for (int j = at; j < at + features; j++) {
      x[j] /= first;
    }
    if (!plain) {
      normalise(x, at, features, rowNumber);
    }
  }

  /** The Euclidean norm of a row; infinite or too small when squares leave float64's range. */
  static double norm(double[] x, int at, int features) {
    double sum = 0.0;
    for (int j = at; j < at + features; j++) {
      sum += x[j] * x[j];
    }
    double norm = Math.sqrt(sum);
    return norm == 0.0 ? largest(x, at, features) : norm;
  }

  private static double largest(double[] x, int at, int features) {
    double largest = 0.0;
    for (int j = at; j < at + features; j++) {
      largest = Math.max(largest, Math.abs(x[j]));
    }
    return largest;
  }
}
