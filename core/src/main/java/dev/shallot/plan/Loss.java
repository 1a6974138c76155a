package dev.shallot.plan;

import dev.shallot.TrainingException;

/**
 * What a network's answers cost. With f the c answers to a sample, y its targets, w its weight (1
 * unless given) and p = softmax(f), p_o = e^{f_o} / sum_q e^{f_q}:
 *
 * <table>
 * <caption>Losses of a sample</caption>
 * <tr><th></th><th>reported error</th><th>trained on</th><th>residual e = d/df of that</th><th>largest curvature in f</th></tr>
 * <tr><td>SQUARED</td><td>w ||f - y||^2</td><td>half of it</td><td>w (f - y)</td><td>w</td></tr>
 * <tr><td>CROSS_ENTROPY</td><td>-w sum_o y_o ln p_o</td><td>the same</td><td>w (p - y)</td><td>w/2</td></tr>
 * </table>
 *
 * Errors are summed over samples, never averaged. Under cross-entropy f are the logits, one a
 * class, and y is a distribution over the classes: 1 for the class of the sample, 0 for the others.
 * Its curvature in f is diag(p) - p p^T, whose eigenvalues are at most 1/2.
 *
 * <p>The numbers here are the specification, in plain float64; engines compute them faster and are
 * compared with these.
 */
public enum Loss {
  SQUARED(1.0),
  CROSS_ENTROPY(0.5);

  /** By how much the targets of a class may miss 1 in sum. */
  private static final double SLACK = 1e-9;

  private final double curvature;

  Loss(double curvature) {
    this.curvature = curvature;
  }

  /** The largest second derivative in the answers to a sample of weight 1. */
  public double curvature() {
    return curvature;
  }

  /**
   * The residual of a sample, in place of its answers.
   *
   * @param outputs c
   * @param weight w
   * @param f receives e at {@code at .. at + c - 1}, where f stands
   * @param y targets, at {@code yAt}
   * @param sum what is added to
   * @return sum plus the sample's reported error
   */
  public double residual(
      int outputs, double weight, double[] f, int at, double[] y, int yAt, double sum) {
    if (this == SQUARED) {
      double total = sum;
      for (int o = 0; o < outputs; o++) {
        double e = f[at + o] - y[yAt + o];
        total += weight * e * e;
        f[at + o] = weight * e;
      }
      return total;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int o = 0; o < outputs; o++) {
      largest = Math.max(largest, f[at + o]);
    }
    double mass = 0.0;
    for (int o = 0; o < outputs; o++) {
      mass += StrictMath.exp(f[at + o] - largest);
    }
    double logMass = StrictMath.log(mass);
    double error = 0.0;
    for (int o = 0; o < outputs; o++) {
      double logit = f[at + o] - largest;
      error += y[yAt + o] == 0.0 ? 0.0 : y[yAt + o] * (logMass - logit);
      f[at + o] = weight * (StrictMath.exp(logit) / mass - y[yAt + o]);
    }
    return sum + weight * error;
  }

  /**
   * The reported error of some answers, in the samples' order.
   *
   * @param f answers, samples x outputs; becomes the residuals
   */
  public double error(TrainingData data, double[] f) {
    double sum = 0.0;
    int c = data.outputs();
    for (int i = 0; i < data.samples(); i++) {
      sum = residual(c, data.weight(i), f, i * c, data.y(), i * c, sum);
    }
    return sum;
  }

  /**
   * The reported error of a network that answers zero: sum w ||y||^2, or sum w ln c. Errors and
   * stopping rules are told in parts of it.
   */
  public double ofZero(TrainingData data) {
    return error(data, new double[data.y().length]);
  }

  /**
   * Refuses targets that are none of this loss.
   *
   * @throws TrainingException if cross-entropy is to be taken of what is no distribution
   */
  public void check(TrainingData data) {
    if (this == SQUARED) {
      return;
    }
    int c = data.outputs();
    if (c < 2) {
      throw new TrainingException(
          "cross-entropy needs one output a class, so at least 2, but the data has " + c);
    }
    for (int i = 0; i < data.samples(); i++) {
      double sum = 0.0;
      double least = 0.0;
      for (int o = 0; o < c; o++) {
        sum += data.y()[i * c + o];
        least = Math.min(least, data.y()[i * c + o]);
      }
      if (least < 0.0 || Math.abs(sum - 1.0) > SLACK) {
        throw new TrainingException(
            "cross-entropy needs a share of each class for targets, at least 0 and 1 in sum, but those of sample %d are %s in sum, the least %s"
                .formatted(i, sum, least));
      }
    }
  }
}
