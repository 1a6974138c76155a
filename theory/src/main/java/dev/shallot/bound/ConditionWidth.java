package dev.shallot.bound;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.network.Activation;
import dev.shallot.network.Initialization;
import java.util.OptionalLong;

/**
 * From which width on {@link TwoRateCondition} is to be expected at initialisation: an estimate.
 * Every number of the condition is replaced by its value for infinite width, K1 the conjugate
 * kernel E phi phi^T of the law's hidden weights:
 *
 * <pre>
 *   s0^2 = m s^2 lambda_min(K1),   ||v0||^2 = m c E[a^2],   ||r0||^2 = ||Y||^2 + c m s^2 E[a^2] trace(K1)
 * </pre>
 *
 * A drawn network of that width has s0 a little smaller, and so the condition a little later.
 */
public final class ConditionWidth {
  private static final long WIDEST = 1L << 50;

  private final Samples samples;
  private final int outputs;
  private final double targetNormSquared;
  private final Initialization law;
  private final double initScale;
  private final Activation activation;
  private final double rateRatio;
  private final Team team;
  private final double dataNormSquared;
  private double deviation = Double.NaN;
  private double smallest;
  private double trace;

  private ConditionWidth(
      Samples samples,
      double[] targets,
      Initialization law,
      double initScale,
      Activation activation,
      double rateRatio,
      Team team) {
    if (!(initScale > 0.0)) {
      throw new TheoryException(
          "with an init scale of 0 every hidden neuron is the same, and no width satisfies COND");
    }
    this.samples = samples;
    this.outputs = targets.length / samples.count();
    double norm = LayerSpectrum.norm(targets);
    this.targetNormSquared = norm * norm;
    this.law = law;
    this.initScale = initScale;
    this.activation = activation;
    this.rateRatio = rateRatio;
    this.team = team;
    this.dataNormSquared = LayerSpectrum.dataNormSquared(samples, team);
  }

  /**
   * The smallest width at which the condition is expected, to three digits; empty if none below
   * 2^50 is, as when two samples are parallel and K1 is singular.
   */
  public static OptionalLong estimate(
      Samples samples,
      double[] targets,
      Initialization law,
      double initScale,
      Activation activation,
      double rateRatio,
      Team team) {
    ConditionWidth search =
        new ConditionWidth(samples, targets, law, initScale, activation, rateRatio, team);
    long high = Math.max(1, samples.count());
    while (!search.expected(high).holds()) {
      if (high >= WIDEST) {
        return OptionalLong.empty();
      }
      high *= 2;
    }
    long low = high == samples.count() ? high : high / 2;
    while (high - low > Math.max(1, high / 1000)) {
      long middle = low + (high - low) / 2;
      if (search.expected(middle).holds()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalLong.of(high);
  }

  private TwoRateCondition expected(long width) {
    // Past an int the laws' variances have no other form; Glorot's falls like 1/m.
    double m = (double) width;
    int shown = (int) Math.min(width, Integer.MAX_VALUE);
    double shrink = Math.sqrt(shown / m);
    double hidden = initScale * law.hiddenDeviation(shown, samples.features());
    double output = law.outputDeviation(shown, outputs);
    if (law == Initialization.GLOROT) {
      hidden *= shrink;
    }
    if (law != Initialization.NTK) {
      output *= shrink;
    }
    double scale = law == Initialization.NTK ? 1.0 / Math.sqrt(m) : 1.0;
    kernel(hidden);
    double mass = m * scale * scale;
    return new TwoRateCondition(
        rateRatio,
        activation.largestSlope(),
        scale,
        dataNormSquared,
        Math.sqrt(m * outputs) * output,
        Math.sqrt(targetNormSquared + outputs * mass * output * output * trace),
        Math.sqrt(mass * smallest));
  }

  /** The ends of K1; for ReLU it is homogeneous in the weights, so that one will do. */
  private void kernel(double next) {
    if (deviation == next) {
      return;
    }
    if (activation == Activation.RELU && !Double.isNaN(deviation)) {
      double factor = (next / deviation) * (next / deviation);
      smallest *= factor;
      trace *= factor;
      deviation = next;
      return;
    }
    int n = samples.count();
    double[] matrix =
        TangentKernel.infinite(samples, 1, activation, next, 0.0, 1.0, team).form(team);
    smallest = LayerSpectrum.ends(matrix, n, team).smallest();
    trace = 0.0;
    for (int i = 0; i < n; i++) {
      trace += matrix[i * n + i];
    }
    deviation = next;
  }
}
