package dev.shallot.data;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * Targets of the built-in sets. Numbers come from stream {@link RandomStream#SYNTHETIC_LABELS};
 * what they are for is the "subnet" coordinate: 0 the set's own labels, 1 and 2 hidden and output
 * weights of the teacher, 3 uniform labels, 4 signs, 5 noise of the set's own labels, 6 normal
 * labels.
 */
final class SyntheticTargets {
  private static final int TEACHER_WIDTH = 5;
  private static final double CLASS_LOGIT = 3.0;

  private SyntheticTargets() {}

  /** Y, n x c. */
  static double[] draw(
      SyntheticSet set,
      SyntheticLabels labels,
      double[] x,
      int rows,
      int features,
      int outputs,
      long seed) {
    return switch (labels) {
      case NATURAL ->
          switch (set) {
            case SPHERE, GAUSSIAN -> teacher(x, rows, features, outputs, seed);
            case EMBEDDING -> logits(x, rows, features, outputs, seed);
            case TABULAR -> rates(rows, outputs, seed);
          };
      case TEACHER -> teacher(unitRows(x, rows, features), rows, features, outputs, seed);
      case UNIFORM -> {
        CounterRandom random = random(seed, 3);
        double[] y = new double[rows * outputs];
        for (int at = 0; at < y.length; at++) {
          y[at] = 2.0 * random.uniform(at) - 1.0;
        }
        yield y;
      }
      case RADEMACHER -> {
        CounterRandom random = random(seed, 4);
        double[] y = new double[rows * outputs];
        for (int at = 0; at < y.length; at++) {
          y[at] = random.sign(at);
        }
        yield y;
      }
      case GAUSS -> {
        CounterRandom random = random(seed, 6);
        double[] y = new double[rows * outputs];
        for (int at = 0; at < y.length; at++) {
          y[at] = random.gaussian(at);
        }
        yield y;
      }
      case ADVERSARIAL ->
          AdversarialLabels.draw(unitRows(x, rows, features), rows, features, outputs);
      case ADVERSARIAL_BOUNDED ->
          bounded(AdversarialLabels.draw(unitRows(x, rows, features), rows, features, outputs));
    };
  }

  private static double[] unitRows(double[] x, int rows, int features) {
    double[] unit = x.clone();
    SyntheticFeatures.normaliseRows(unit, rows, features);
    return unit;
  }

  /**
   * y_o = (1/sqrt(5)) sum over r &lt; 5 of a_{r,o} max(&lt;v_r, x&gt;, 0), v ~ N(0, I), a = +-1.
   */
  private static double[] teacher(double[] x, int rows, int features, int outputs, long seed) {
    double[] hidden = new double[TEACHER_WIDTH * features];
    CounterRandom hiddenNumbers = random(seed, 1);
    for (int at = 0; at < hidden.length; at++) {
      hidden[at] = hiddenNumbers.gaussian(at);
    }
    CounterRandom signs = random(seed, 2);
    double[] y = new double[rows * outputs];
    for (int i = 0; i < rows; i++) {
      for (int r = 0; r < TEACHER_WIDTH; r++) {
        double sum = 0.0;
        for (int j = 0; j < features; j++) {
          sum += hidden[r * features + j] * x[i * features + j];
        }
        double active = Math.max(sum, 0.0) / Math.sqrt(TEACHER_WIDTH);
        for (int o = 0; o < outputs; o++) {
          y[i * outputs + o] += signs.sign((long) r * outputs + o) * active;
        }
      }
    }
    return y;
  }

  /**
   * y = feature * T + 3 onehot(class), T ~ N(0, 1/d), divided by the largest magnitude; features
   * before their rows are normalised.
   */
  private static double[] logits(double[] x, int rows, int features, int outputs, long seed) {
    CounterRandom random = random(seed, 0);
    double[] head = new double[features * outputs];
    for (int at = 0; at < head.length; at++) {
      head[at] = random.gaussian(at) / Math.sqrt(features);
    }
    double[] y = new double[rows * outputs];
    for (int i = 0; i < rows; i++) {
      int itsClass = SyntheticFeatures.classOf(i, outputs, seed);
      for (int o = 0; o < outputs; o++) {
        double sum = o == itsClass ? CLASS_LOGIT : 0.0;
        for (int j = 0; j < features; j++) {
          sum += x[i * features + j] * head[j * outputs + o];
        }
        y[i * outputs + o] = sum;
      }
    }
    return bounded(y);
  }

  /** y = logistic(-1.3 + 0.9 t + 0.25 (t^2 - 1) + 0.4 noise), t = &lt;beta, z&gt;, ||beta|| = 1. */
  private static double[] rates(int rows, int outputs, long seed) {
    int factors = SyntheticFeatures.FACTORS;
    CounterRandom random = random(seed, 0);
    double[] beta = new double[outputs * factors];
    for (int at = 0; at < beta.length; at++) {
      beta[at] = random.gaussian(at);
    }
    SyntheticFeatures.normaliseRows(beta, outputs, factors);
    CounterRandom noise = random(seed, 5);
    double[] y = new double[rows * outputs];
    for (int i = 0; i < rows; i++) {
      double[] latent = SyntheticFeatures.latent(i, seed);
      for (int o = 0; o < outputs; o++) {
        double t = 0.0;
        for (int k = 0; k < factors; k++) {
          t += beta[o * factors + k] * latent[k];
        }
        double score =
            -1.3 + 0.9 * t + 0.25 * (t * t - 1.0) + 0.4 * noise.gaussian((long) i * outputs + o);
        y[i * outputs + o] = SyntheticFeatures.logistic(score);
      }
    }
    return y;
  }

  /** Divided by the largest magnitude of all. */
  private static double[] bounded(double[] y) {
    double largest = 0.0;
    for (double value : y) {
      largest = Math.max(largest, Math.abs(value));
    }
    double[] bounded = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      bounded[i] = largest == 0.0 ? 0.0 : y[i] / largest;
    }
    return bounded;
  }

  private static CounterRandom random(long seed, int purpose) {
    return new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS, purpose, 0);
  }
}
