package dev.shallot.data;

/**
 * The labels that a network learns last: sqrt(n) times eigenvectors of the smallest eigenvalues of
 * the infinite kernel H_ij = rho (pi - arccos rho) / (2 pi), rho = &lt;x_i, x_j&gt;, of unit rows.
 */
final class AdversarialLabels {
  /** The kernel takes n^2 numbers, its factorisation n^3 / 3 multiplications. */
  static final int MOST_ROWS = 2000;

  private AdversarialLabels() {}

  /**
   * Y, n x c: output o holds the eigenvector of the o-th smallest eigenvalue, its largest entry
   * positive, ||y_o||^2 = n.
   *
   * @param unit X with unit rows, n x d
   */
  static double[] draw(double[] unit, int rows, int features, int outputs) {
    if (rows > MOST_ROWS) {
      throw new DataException(
          "adversarial labels are made for at most %s rows, but %s are asked for"
              .formatted(MOST_ROWS, rows));
    }
    if (outputs > rows) {
      throw new DataException(
          "adversarial labels have at most one output a row, but %s outputs are asked for on %s rows"
              .formatted(outputs, rows));
    }
    double[] vectors = new BottomEigenvectors(kernel(unit, rows, features), rows).find(outputs);
    double[] y = new double[rows * outputs];
    for (int o = 0; o < outputs; o++) {
      double sign = signOfLargest(vectors, o * rows, rows);
      for (int i = 0; i < rows; i++) {
        y[i * outputs + o] = sign * Math.sqrt(rows) * vectors[o * rows + i];
      }
    }
    return y;
  }

  private static double[] kernel(double[] unit, int rows, int features) {
    double[] kernel = new double[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double rho = 1.0;
        if (j < i) {
          rho = 0.0;
          for (int k = 0; k < features; k++) {
            rho += unit[i * features + k] * unit[j * features + k];
          }
          rho = Math.clamp(rho, -1.0, 1.0);
        }
        double entry = rho * (StrictMath.PI - StrictMath.acos(rho)) / (2.0 * StrictMath.PI);
        kernel[i * rows + j] = entry;
        kernel[j * rows + i] = entry;
      }
    }
    return kernel;
  }

  private static double signOfLargest(double[] vector, int from, int length) {
    double largest = 0.0;
    for (int i = from; i < from + length; i++) {
      if (Math.abs(vector[i]) > Math.abs(largest)) {
        largest = vector[i];
      }
    }
    return largest < 0.0 ? -1.0 : 1.0;
  }
}
