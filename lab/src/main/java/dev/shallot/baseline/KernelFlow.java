package dev.shallot.baseline;

import dev.shallot.spectrum.Eigensystem;
import dev.shallot.spectrum.Eigenvalues;

/**
 * What a model that is linear in its weights answers after training by gradient descent, in closed
 * form: with K its kernel on all rows, A that of the training rows, f0 its answers at the start,
 *
 * <pre>
 * f_T = f0 + K[all, train] V g(Lambda) V^T (y - f0),   g(l) = (1 - (1 - eta l)^T)/l,   A = V Lambda V^T,
 * </pre>
 *
 * and g(l) = 1/l in the limit, where eigenvalues at or below the rounding of A count as zero.
 */
final class KernelFlow {
  private final double[] kernel;
  private final int all;
  private final int train;
  private final int outputs;
  private final Eigensystem system;

  /**
   * @param kernel of order (all rows) c, outputs first, training rows before the others
   * @param all rows
   * @param train training rows
   * @param outputs c
   */
  KernelFlow(double[] kernel, int all, int train, int outputs) {
    this.kernel = kernel;
    this.all = all;
    this.train = train;
    this.outputs = outputs;
    int q = train * outputs;
    double[] block = new double[q * q];
    for (int row = 0; row < q; row++) {
      for (int column = 0; column < q; column++) {
        block[row * q + column] = kernel[place(row) * all * outputs + place(column)];
      }
    }
    this.system = Eigenvalues.withVectors(block, q);
  }

  /** Where a training row of an output stands among all. */
  private int place(int index) {
    return index / train * all + index % train;
  }

  /** lambda_max of the training rows' kernel. */
  double largest() {
    return system.values()[system.values().length - 1];
  }

  /** Eigenvalues that count as zero in the limit. */
  int singular() {
    int count = 0;
    for (double value : system.values()) {
      count += value <= noise() ? 1 : 0;
    }
    return count;
  }

  private double noise() {
    return system.values().length * Math.ulp(largest());
  }

  /**
   * Answers after so many steps.
   *
   * @param start f0, rows x outputs row-major, all rows
   * @param targets y of the training rows, row-major
   * @param eta step size
   * @param steps T
   * @return rows x outputs
   */
  double[] after(double[] start, double[] targets, double eta, double steps) {
    return answers(start, targets, value -> growth(value, eta, steps));
  }

  /** Answers in the limit of training. */
  double[] limit(double[] start, double[] targets) {
    double noise = noise();
    return answers(start, targets, value -> value > noise ? 1.0 / value : 0.0);
  }

  private static double growth(double value, double eta, double steps) {
    if (steps == 0.0) {
      return 0.0;
    }
    double x = Math.min(1.0, eta * value);
    return x <= 0.0 ? eta * steps : -StrictMath.expm1(steps * StrictMath.log1p(-x)) / value;
  }

  private double[] answers(
      double[] start, double[] targets, java.util.function.DoubleUnaryOperator g) {
    int q = train * outputs;
    double[] residual = new double[q];
    for (int i = 0; i < train; i++) {
      for (int o = 0; o < outputs; o++) {
        residual[o * train + i] = targets[i * outputs + o] - start[i * outputs + o];
      }
    }
    double[] weights = new double[q];
    for (int k = 0; k < q; k++) {
      double coefficient = 0.0;
      for (int i = 0; i < q; i++) {
        coefficient += system.vectors()[k * q + i] * residual[i];
      }
      coefficient *= g.applyAsDouble(system.values()[k]);
      for (int i = 0; i < q; i++) {
        weights[i] += coefficient * system.vectors()[k * q + i];
      }
    }
    double[] answers = start.clone();
    int order = all * outputs;
    for (int row = 0; row < all; row++) {
      for (int o = 0; o < outputs; o++) {
        double sum = 0.0;
        int from = (o * all + row) * order;
        for (int i = 0; i < q; i++) {
          sum += kernel[from + place(i)] * weights[i];
        }
        answers[row * outputs + o] += sum;
      }
    }
    return answers;
  }
}
