package dev.shallot.bound;

import dev.shallot.TheoryException;
import dev.shallot.engine.Team;
import dev.shallot.kernel.NearestPair;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.plan.TrainingData;
import dev.shallot.spectrum.Cholesky;
import dev.shallot.spectrum.ExtremeEigenvalues;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the statements ask of data: everything that no plan changes.
 *
 * @param samples n
 * @param features d
 * @param outputs c
 * @param smallestNorm min ||x_i||
 * @param largestNorm max ||x_i||
 * @param pair the two rows nearest to being parallel; empty where fewer than two are not zero
 * @param largestLabel max |y_i|
 * @param targetNorm ||y||^2
 * @param lambda the smallest eigenvalue of the infinite kernel without xi, in a proven interval
 * @param largestEigenvalue of the same kernel, an estimate
 * @param labelEnergy y^T (Hinf/xi)^-1 y; empty where the kernel is singular as far as is known
 * @param modes the data in the kernel's eigenbasis; empty above {@link Modes#MOST_SAMPLES} rows
 * @param weighted whether samples count differently
 */
public record DataProfile(
    int samples,
    int features,
    int outputs,
    double smallestNorm,
    double largestNorm,
    Optional<NearestPair> pair,
    double largestLabel,
    double targetNorm,
    Interval lambda,
    double largestEigenvalue,
    OptionalDouble labelEnergy,
    Optional<Modes> modes,
    boolean weighted) {

  /** How far a row's norm may be from 1, for rounding. */
  static final double UNIT = 1e-9;

  /** Looks at data: n^2 d + about 12 n^3 flops, 24 n^2 bytes. */
  public static DataProfile of(TrainingData data, Team team) {
    Samples samples = Samples.of(data);
    int n = samples.count();
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0.0;
    for (int i = 0; i < n; i++) {
      double square = 0.0;
      for (int k = 0; k < samples.features(); k++) {
        double value = samples.x()[i * samples.features() + k];
        square = Math.fma(value, value, square);
      }
      smallest = Math.min(smallest, Math.sqrt(square));
      largest = Math.max(largest, Math.sqrt(square));
    }
    double label = 0.0;
    for (double value : data.y()) {
      label = Math.max(label, Math.abs(value));
    }
    double[] kernel = TangentKernel.infinite(samples, 1, 1.0).form(team);
    Interval lambda = Interval.of(ExtremeEigenvalues.smallest(kernel, n, team));
    double top = ExtremeEigenvalues.largest(kernel, n, 1, team).getFirst().value();
    return new DataProfile(
        n,
        samples.features(),
        data.outputs(),
        smallest,
        largest,
        NearestPair.of(samples, team),
        label,
        data.targetNorm(),
        lambda,
        top,
        energy(kernel, data, lambda, team),
        n <= Modes.MOST_SAMPLES
            ? Optional.of(Modes.of(samples, data.y(), data.outputs(), team))
            : Optional.empty(),
        data.weighted());
  }

  private static OptionalDouble energy(
      double[] kernel, TrainingData data, Interval lambda, Team team) {
    if (lambda.low() <= 0) {
      return OptionalDouble.empty();
    }
    try {
      Cholesky factor = Cholesky.factor(kernel, data.samples(), team);
      double sum = 0.0;
      for (int o = 0; o < data.outputs(); o++) {
        double[] column = new double[data.samples()];
        for (int i = 0; i < column.length; i++) {
          column[i] = data.y()[i * data.outputs() + o];
        }
        sum += factor.quadraticForm(column, team);
      }
      return OptionalDouble.of(sum);
    } catch (TheoryException e) {
      // Proven positive, and yet too near to singular for the plain factorisation.
      return OptionalDouble.empty();
    }
  }

  /** Whether all rows have norm 1 but for rounding. */
  public boolean unitRows() {
    return smallestNorm > 1 - UNIT && largestNorm < 1 + UNIT;
  }

  /** The smallest C with |y| &lt;= C - 1. */
  public double labelBound() {
    return 1 + largestLabel;
  }
}
