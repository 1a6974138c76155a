package dev.shallot.network;

import dev.shallot.random.RandomStream;

/**
 * The law of the initial weights. With s the init scale, m the width, d the features, c the outputs
 * (source for the variances: the usual fan-in and fan-out rules; for NTK, Du et al. 2018):
 *
 * <table>
 * <caption>Initial laws</caption>
 * <tr><th>law</th><th>scale</th><th>hidden weights</th><th>output weights</th></tr>
 * <tr><td>NTK</td><td>1/sqrt(m)</td><td>N(0, s^2), s = kappa</td><td>+-1, fair</td></tr>
 * <tr><td>LECUN</td><td>1</td><td>N(0, s^2/d)</td><td>N(0, 1/m)</td></tr>
 * <tr><td>HE</td><td>1</td><td>N(0, 2 s^2/d)</td><td>N(0, 2/m)</td></tr>
 * <tr><td>GLOROT</td><td>1</td><td>N(0, 2 s^2/(d+m))</td><td>N(0, 2/(m+c))</td></tr>
 * </table>
 *
 * <p>Entry (r, j) of the hidden weights is s.d. times the normal number at index r*d + j of stream
 * {@link RandomStream#HIDDEN_WEIGHTS}; entry (r, o) of the output weights is the sign or the normal
 * number at index r*c + o of stream {@link RandomStream#OUTPUT_WEIGHTS}.
 */
public enum Initialization {
  NTK,
  LECUN,
  HE,
  GLOROT;

  /**
   * Draws a network.
   *
   * @param initScale s, a factor on the standard deviation of the hidden weights; for {@link #NTK}
   *     it is kappa itself; at least 0
   * @param width m
   * @param features d
   * @param outputs c
   * @param seed the run's seed
   */
  public Network draw(double initScale, int width, int features, int outputs, long seed) {
    return new DrawnNetwork(this, initScale, width, features, outputs, seed, Activation.RELU)
        .whole();
  }

  /** The factor in front of the network's sum. */
  public double scale(int width) {
    return this == NTK ? 1.0 / StrictMath.sqrt(width) : 1.0;
  }

  /** The standard deviation of a hidden weight at init scale 1. */
  public double hiddenDeviation(int width, int features) {
    return switch (this) {
      case NTK -> 1.0;
      case LECUN -> StrictMath.sqrt(1.0 / features);
      case HE -> StrictMath.sqrt(2.0 / features);
      case GLOROT -> StrictMath.sqrt(2.0 / ((double) features + width));
    };
  }

  /** The root mean square of an output weight. */
  public double outputDeviation(int width, int outputs) {
    return switch (this) {
      case NTK -> 1.0;
      case LECUN -> StrictMath.sqrt(1.0 / width);
      case HE -> StrictMath.sqrt(2.0 / width);
      case GLOROT -> StrictMath.sqrt(2.0 / ((double) width + outputs));
    };
  }
}
