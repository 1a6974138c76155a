package dev.shallot.bound;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.kernel.HiddenLayer;
import dev.shallot.kernel.Samples;
import dev.shallot.network.Network;

/**
 * COND (ours, docs/both-layers.md): when gradient flow on both layers provably converges.
 *
 * <p>With s0 the smallest singular value of Phi (which carries the network's scale s), r0 the
 * residual at the start, V = ||v0|| + 2 ||r0||/s0, L the activation's largest slope:
 *
 * <pre>8 (eta_W/eta_v) s^2 L^2 ||X||_2^2 V ||r0|| &lt;= s0^3</pre>
 *
 * implies sigma_min(Phi_t) &gt;= s0/2 and ||r_t|| &lt;= exp(-eta_v s0^2 t/4) ||r0|| for all t. With
 * several outputs norms of v and r are Frobenius norms, and the proof is the same. It is a
 * sufficient condition for gradient flow without masks; steps that are small stand close to it. It
 * is not a theorem of Song et al. or of Razborov.
 *
 * @param rateRatio eta_W/eta_v
 * @param slope L
 * @param scale s
 * @param dataNormSquared ||X||_2^2
 * @param outputNorm ||v0||
 * @param residualNorm ||r0||
 * @param smallestSingular s0 = sigma_min(s Phi_0), 0 if there are fewer neurons than samples
 */
public record TwoRateCondition(
    double rateRatio,
    double slope,
    double scale,
    double dataNormSquared,
    double outputNorm,
    double residualNorm,
    double smallestSingular) {

  public TwoRateCondition {
    double[] all = {
      rateRatio, slope, scale, dataNormSquared, outputNorm, residualNorm, smallestSingular
    };
    for (double number : all) {
      if (!(number >= 0.0 && Double.isFinite(number))) {
        throw new TheoryException(
            "condition COND needs finite numbers of at least 0, but got ratio %s, L %s, scale %s, ||X||^2 %s, ||v0|| %s, ||r0|| %s, s0 %s"
                .formatted(
                    rateRatio,
                    slope,
                    scale,
                    dataNormSquared,
                    outputNorm,
                    residualNorm,
                    smallestSingular));
      }
    }
  }

  /**
   * The condition at a network's weights, everything measured.
   *
   * @param samples X
   * @param targets Y, n x c row-major
   * @param network W, v, s and the activation
   * @param rateRatio eta_W/eta_v
   * @param team who computes
   */
  public static TwoRateCondition at(
      Samples samples, double[] targets, Network network, double rateRatio, Team team) {
    HiddenLayer layer = HiddenLayer.of(samples, network, true, team);
    return at(samples, targets, layer, network.activation().largestSlope(), rateRatio, team);
  }

  static TwoRateCondition at(
      Samples samples,
      double[] targets,
      HiddenLayer layer,
      double slope,
      double rateRatio,
      Team team) {
    double[] answers = layer.answers();
    double[] residual = new double[answers.length];
    for (int i = 0; i < residual.length; i++) {
      residual[i] = answers[i] - targets[i];
    }
    return new TwoRateCondition(
        rateRatio,
        slope,
        layer.scale(),
        LayerSpectrum.dataNormSquared(samples, team),
        LayerSpectrum.norm(layer.weights()),
        LayerSpectrum.norm(residual),
        Math.sqrt(LayerSpectrum.of(samples, layer, team).smallest()));
  }

  /** V = ||v0|| + 2 ||r0||/s0, how long the output weights can get; infinite if s0 is 0. */
  public double outputReach() {
    return outputNorm + 2.0 * residualNorm / smallestSingular;
  }

  /** 8 (eta_W/eta_v) s^2 L^2 ||X||_2^2 V ||r0||. */
  public double left() {
    if (rateRatio == 0.0 || residualNorm == 0.0) {
      return 0.0;
    }
    return 8.0
        * rateRatio
        * scale
        * scale
        * slope
        * slope
        * dataNormSquared
        * outputReach()
        * residualNorm;
  }

  /** s0^3. */
  public double right() {
    return smallestSingular * smallestSingular * smallestSingular;
  }

  /** Whether left() &lt;= right(), and s0 &gt; 0. */
  public boolean holds() {
    return smallestSingular > 0.0 && left() <= right();
  }

  /**
   * What the condition promises of ||r_t||/||r0|| after a time: exp(-eta_v s0^2 t/4).
   *
   * @param outputRate eta_v
   * @param time t, the number of steps if the rates are step sizes
   */
  public double promised(double outputRate, double time) {
    return StrictMath.exp(-outputRate * smallestSingular * smallestSingular * time / 4.0);
  }
}
