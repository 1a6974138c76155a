package dev.shallot.kernel;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.network.Activation;

/**
 * The two kernels of infinite width, w ~ N(0, deviation^2 I):
 *
 * <pre>
 *   conjugate  E phi(&lt;w, x_i&gt;) phi(&lt;w, x_j&gt;)
 *   tangent    &lt;x_i, x_j&gt; E phi'(&lt;w, x_i&gt;) phi'(&lt;w, x_j&gt;)
 * </pre>
 *
 * <p>For ReLU, with angle between the samples and P = (pi - angle)/(2 pi) of {@link HalfSpaces}:
 * conjugate deviation^2 ||x_i|| ||x_j|| (sin(angle)/(2 pi) + cos(angle) P), the arc-cosine kernel
 * of order 1 of Cho and Saul 2009 over 2 at deviation 1, and tangent &lt;x_i, x_j&gt; P. For smooth
 * activations by {@link DualActivation}, one expansion for each norm of a sample that differs.
 */
final class InfiniteLayers {
  /** Relative to the diagonal; beyond that the entries would not be worth their digits. */
  private static final double MOST_LEFT_OUT = 1e-9;

  private final Samples samples;
  private final Activation activation;
  private final double deviation;
  private final HalfSpaces halfSpaces;

  InfiniteLayers(Samples samples, Activation activation, double deviation) {
    if (!(deviation > 0.0 && Double.isFinite(deviation))) {
      throw new TheoryException(
          "the standard deviation of hidden weights must be positive, but is " + deviation);
    }
    this.samples = samples;
    this.activation = activation;
    this.deviation = deviation;
    this.halfSpaces = new HalfSpaces(samples);
  }

  /** {@code hidden * tangent + output * conjugate}, n x n row-major. */
  double[] form(double hidden, double output, Team team) {
    int n = samples.count();
    if (n > TangentKernel.LARGEST_FORMED) {
      throw new TheoryException(
          "the infinite kernel of both layers stands in one array, so it takes at most %,d samples, not %,d"
              .formatted(TangentKernel.LARGEST_FORMED, n));
    }
    double[] matrix = new double[n * n];
    DualActivation[] values = expansions(output != 0.0, false, team);
    DualActivation[] slopes = expansions(hidden != 0.0, true, team);
    team.run(
        n,
        (i, worker) -> {
          for (int j = 0; j <= i; j++) {
            double product = 0.0;
            for (int k = 0; k < samples.features(); k++) {
              product =
                  Math.fma(
                      samples.x()[i * samples.features() + k],
                      samples.x()[j * samples.features() + k],
                      product);
            }
            double entry =
                activation == Activation.RELU
                    ? relu(i, j, product, hidden, output)
                    : smooth(i, j, product, hidden, output, slopes, values);
            matrix[i * n + j] = entry;
            matrix[j * n + i] = entry;
          }
        });
    return matrix;
  }

  private double relu(int i, int j, double product, double hidden, double output) {
    double lengths = halfSpaces.norm(i) * halfSpaces.norm(j);
    if (lengths == 0.0) {
      return 0.0;
    }
    double probability = halfSpaces.probability(i, j, product);
    double angle = 2 * Math.PI * (0.5 - probability);
    double bend = StrictMath.sin(angle) / (2 * Math.PI) * lengths;
    return hidden * product * probability
        + output * deviation * deviation * (bend + product * probability);
  }

  private double smooth(
      int i,
      int j,
      double product,
      double hidden,
      double output,
      DualActivation[] slopes,
      DualActivation[] values) {
    double lengths = halfSpaces.norm(i) * halfSpaces.norm(j);
    double rho = lengths == 0.0 ? 0.0 : Math.clamp(product / lengths, -1.0, 1.0);
    double entry = 0.0;
    if (hidden != 0.0) {
      entry += hidden * product * expectation(slopes[i], slopes[j], rho, i == j);
    }
    if (output != 0.0) {
      entry += output * expectation(values[i], values[j], rho, i == j);
    }
    return entry;
  }

  private double expectation(DualActivation one, DualActivation other, double rho, boolean same) {
    if (same) {
      return one.square();
    }
    if (one.leftOut(other, rho) > MOST_LEFT_OUT * Math.sqrt(one.square() * other.square())) {
      throw new TheoryException(
          "the infinite kernel of %s at weights of deviation %s cannot be computed to 9 digits for samples of norm times deviation up to %.3g: use a smaller init scale or unit rows"
              .formatted(activation, deviation, deviation * largestNorm()));
    }
    return one.with(other, rho);
  }

  private double largestNorm() {
    double largest = 0.0;
    for (int i = 0; i < samples.count(); i++) {
      largest = Math.max(largest, halfSpaces.norm(i));
    }
    return largest;
  }

  /** One a sample; samples of the same norm, up to 12 digits, share theirs. */
  private DualActivation[] expansions(boolean wanted, boolean slope, Team team) {
    int n = samples.count();
    if (!wanted || activation == Activation.RELU) {
      return new DualActivation[0];
    }
    int[] first = new int[n];
    for (int i = 0; i < n; i++) {
      first[i] = i;
      for (int j = 0; j < i && first[i] == i; j++) {
        double gap = Math.abs(halfSpaces.norm(i) - halfSpaces.norm(j));
        if (first[j] == j && gap <= 1e-14 * halfSpaces.norm(i)) {
          first[i] = j;
        }
      }
    }
    DualActivation[] found = new DualActivation[n];
    team.run(
        n,
        (i, worker) -> {
          if (first[i] == i) {
            found[i] = DualActivation.of(activation, deviation * halfSpaces.norm(i), slope);
          }
        });
    for (int i = 0; i < n; i++) {
      found[i] = found[first[i]];
    }
    return found;
  }
}
