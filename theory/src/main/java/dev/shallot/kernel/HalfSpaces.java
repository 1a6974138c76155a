package dev.shallot.kernel;

/**
 * The probability that a random half space holds two samples: {@code P(<w, x_i> >= 0, <w, x_j> >=
 * 0) = (pi - angle(x_i, x_j)) / (2 pi)} for w of any law that no rotation changes.
 *
 * <p><b>The angle</b> is the arc cosine of rho = &lt;x_i, x_j&gt; / (||x_i|| ||x_j||), except where
 * the samples are nearly parallel: there all of rho but its last bits is 1, and an angle delta
 * would be wrong by 1e-16 / delta, half of its digits gone at 1e-8. It is taken from the chord
 * between the unit vectors then, delta = 2 asin(chord / 2), and wrong by some 1e-16; near rho = -1
 * likewise, with the sum in place of the difference. So equal samples have probability 1/2 and
 * opposite ones 0 exactly, and no rho needs clamping.
 *
 * <p>A sample of zeros has inner product 0 with all, so that its probability does not matter: 0.
 */
final class HalfSpaces {
  /** Past this |rho| the chord is more exact: the arc cosine is wrong by 2e-13 here. */
  private static final double NEARLY_PARALLEL = 1 - 0x1p-21;

  private final double[] x;
  private final int features;
  private final double[] norms;

  HalfSpaces(Samples samples) {
    this.x = samples.x();
    this.features = samples.features();
    this.norms = new double[samples.count()];
    for (int i = 0; i < norms.length; i++) {
      double square = 0.0;
      for (int k = i * features; k < (i + 1) * features; k++) {
        square = Math.fma(x[k], x[k], square);
      }
      norms[i] = Math.sqrt(square);
    }
  }

  /** ||x_i||. */
  double norm(int i) {
    return norms[i];
  }

  /** The angle between the lines through samples i and j, 0 .. pi/2; both are not zero. */
  double lines(int i, int j, double product) {
    double rho = product / (norms[i] * norms[j]);
    if (Math.abs(rho) >= NEARLY_PARALLEL) {
      return angle(i, j, rho > 0 ? -1.0 : 1.0);
    }
    return StrictMath.acos(Math.abs(rho));
  }

  /**
   * The probability for samples i and j.
   *
   * @param product their inner product, added up as {@link InnerProducts} does
   */
  double probability(int i, int j, double product) {
    double scale = norms[i] * norms[j];
    if (scale == 0.0) {
      return 0.0;
    }
    double rho = product / scale;
    if (rho >= NEARLY_PARALLEL) {
      return 0.5 - angle(i, j, -1.0) / (2 * Math.PI);
    }
    if (rho <= -NEARLY_PARALLEL) {
      return angle(i, j, 1.0) / (2 * Math.PI);
    }
    return (Math.PI - StrictMath.acos(rho)) / (2 * Math.PI);
  }

  /** The angle between x_i and -sign x_j, a small one. */
  private double angle(int i, int j, double sign) {
    double a = 1.0 / norms[i];
    double b = sign / norms[j];
    double chord = 0.0;
    for (int k = 0; k < features; k++) {
      double difference = a * x[i * features + k] + b * x[j * features + k];
      chord = Math.fma(difference, difference, chord);
    }
    return 2.0 * StrictMath.asin(Math.min(1.0, Math.sqrt(chord) / 2.0));
  }
}
