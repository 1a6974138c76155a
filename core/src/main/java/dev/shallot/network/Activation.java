package dev.shallot.network;

/**
 * What a hidden neuron makes of its pre-activation z. Values and slopes here are the specification,
 * in plain float64; engines compute them faster and are compared with these.
 *
 * <table>
 * <caption>Activations</caption>
 * <tr><th></th><th>value</th><th>slope</th><th>largest |slope|</th><th>largest |curvature|</th></tr>
 * <tr><td>RELU</td><td>max(z, 0)</td><td>1{z &gt;= 0}</td><td>1</td><td>0 but at the kink</td></tr>
 * <tr><td>SOFTPLUS</td><td>log(1 + e^z)</td><td>1/(1 + e^-z)</td><td>1</td><td>1/4</td></tr>
 * <tr><td>GELU</td><td>z P(g &lt;= z), g standard normal</td><td>P(g &lt;= z) + z p(z)</td><td>1.1289 at sqrt 2</td><td>2/sqrt(2 pi)</td></tr>
 * <tr><td>TANH</td><td>tanh z</td><td>1 - tanh^2 z</td><td>1</td><td>4/(3 sqrt 3)</td></tr>
 * </table>
 */
public enum Activation {
  RELU(1.0, 0.0),
  SOFTPLUS(1.0, 0.25),
  GELU(1.128904145185155, 0.7978845608028654),
  TANH(1.0, 0.7698003589195010);

  private static final double ROOT_TWO_PI = 2.5066282746310002;

  /**
   * From here on the series of P(g &lt;= z) would lose digits on the left; the fraction has not.
   */
  private static final double FRACTION_FROM = 2.5;

  private static final int FRACTION_TERMS = 150;

  private final double largestSlope;
  private final double largestCurvature;

  Activation(double largestSlope, double largestCurvature) {
    this.largestSlope = largestSlope;
    this.largestCurvature = largestCurvature;
  }

  /** Whether it has a slope everywhere: all but {@link #RELU}. */
  public boolean smooth() {
    return this != RELU;
  }

  /** L, the largest |slope|, so that |value(u) - value(v)| &lt;= L |u - v|. */
  public double largestSlope() {
    return largestSlope;
  }

  /** The largest |second derivative|; 0 for {@link #RELU}, which has none at 0. */
  public double largestCurvature() {
    return largestCurvature;
  }

  /** phi(z). */
  public double value(double z) {
    return switch (this) {
      case RELU -> Math.max(z, 0.0);
      case SOFTPLUS -> Math.max(z, 0.0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
      case GELU -> z * normalBelow(z);
      case TANH -> StrictMath.tanh(z);
    };
  }

  /** phi'(z); 1 at z = 0 for {@link #RELU}, as in the papers. */
  public double slope(double z) {
    return switch (this) {
      case RELU -> z >= 0.0 ? 1.0 : 0.0;
      case SOFTPLUS -> {
        double e = StrictMath.exp(-Math.abs(z));
        yield (z >= 0.0 ? 1.0 : e) / (1.0 + e);
      }
      case GELU -> normalBelow(z) + z * density(z);
      case TANH -> {
        double e = StrictMath.exp(-2.0 * Math.abs(z));
        yield 4.0 * e / ((1.0 + e) * (1.0 + e));
      }
    };
  }

  private static double density(double z) {
    return StrictMath.exp(-0.5 * z * z) / ROOT_TWO_PI;
  }

  /**
   * P(g &lt;= z): near 0 by 1/2 + p(z) (z + z^3/3 + z^5/(3*5) + ...), elsewhere by Laplace's
   * continued fraction P(g &gt; x) = p(x) / (x + 1/(x + 2/(x + 3/(x + ...)))).
   */
  private static double normalBelow(double z) {
    double size = Math.abs(z);
    if (size < FRACTION_FROM) {
      double term = z;
      double sum = z;
      for (int k = 3; Math.abs(term) > 1e-20; k += 2) {
        term *= z * z / k;
        sum += term;
      }
      return 0.5 + density(z) * sum;
    }
    double fraction = size;
    for (int k = FRACTION_TERMS; k >= 1; k--) {
      fraction = size + k / fraction;
    }
    double tail = density(z) / fraction;
    return z < 0.0 ? tail : 1.0 - tail;
  }
}
