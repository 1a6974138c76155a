package dev.shallot.numeric;

/**
 * Smooth activations and their slopes in float64, elementwise. All providers compute the same chain
 * of roundings, so they give the same bits; values and slopes are within a few units in the last
 * place, a NaN stays one.
 *
 * <p><b>One exponential each.</b> With x = -2|z| (tanh), -|z| (softplus) or -z^2/2 (GELU), the
 * reduction x = k log 2 + r, |r| &lt;= log(2)/2, and Taylor's polynomial of e^r - 1 to r^13 (the
 * next term is below 2^-57) give both e^x and e^x - 1 without loss. Then
 *
 * <pre>
 *   tanh      +-(1 - e^x)/(1 + e^x);                slope 4 e^x/(1 + e^x)^2
 *   softplus  max(z, 0) + log(1 + e^x), log(1 + e) = 2 atanh(e/(2 + e)) by its series to the 33rd power;
 *             slope 1/(1 + e^x) or e^x/(1 + e^x)
 *   GELU      z P(z), P(-|z|) = e^x E(|z|/sqrt 2)/2, P(|z|) = 1 - P(-|z|);   slope P(z) + z e^x/sqrt(2 pi)
 * </pre>
 *
 * E(x) = e^(x^2) erfc(x) is a polynomial of degree 26 in (x - 3.75)/(x + 3.75), divided by 1 + 2 x
 * (the form of Shepherd and Laframboise 1981; coefficients from a Chebyshev expansion with 60
 * digits, relative error below 1e-15).
 */
public sealed interface SmoothFunctions permits ScalarSmooth, VectorSmooth {

  /** Counts are multiples of this. */
  int LANES = 8;

  /**
   * Exponentials of what is not positive.
   *
   * @param count how many, a multiple of {@link #LANES}
   * @param z arguments; their sign does not count
   * @param less receives e^-|z| - 1; another array than z
   * @param power receives e^-|z|; another array than z and less
   */
  void exponential(int count, double[] z, double[] less, double[] power);

  /**
   * Values and slopes of tanh.
   *
   * @param count how many, a multiple of {@link #LANES}
   * @param z arguments
   * @param value receives tanh(z); another array than z
   * @param slope receives the derivative; another array than z and value
   */
  void tanh(int count, double[] z, double[] value, double[] slope);

  /** Values and slopes of softplus, log(1 + e^z); see {@link #tanh}. */
  void softplus(int count, double[] z, double[] value, double[] slope);

  /** Values and slopes of GELU, z P(g &lt;= z) for a standard normal g; see {@link #tanh}. */
  void gelu(int count, double[] z, double[] value, double[] slope);
}
