package dev.shallot.bench.rival;

import dev.shallot.plan.TrainingData;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * Ridge regression by ojAlgo on z-scored features with an intercept; the penalty is the best of
 * 10^-4 .. 10^3 on a random fifth of the training rows.
 */
public final class Ridge {
  private Ridge() {}

  /**
   * Predictions of one target.
   *
   * @param train training rows, the last feature constant
   * @param test rows to predict
   */
  public static double[] predict(TrainingData train, TrainingData test) {
    Holdout parts = Holdout.of(train);
    double best = Double.POSITIVE_INFINITY;
    double penalty = 1.0;
    for (double candidate = 1e-4; candidate < 2e3; candidate *= 10) {
      double[] answers = answers(parts.judge(), solve(parts.fit(), candidate));
      double error = 0.0;
      for (int i = 0; i < answers.length; i++) {
        double e = answers[i] - parts.judge().y()[i];
        error += e * e;
      }
      if (error < best) {
        best = error;
        penalty = candidate;
      }
    }
    return answers(test, solve(train, penalty));
  }

  private static double[] answers(TrainingData data, double[] weights) {
    double[] answers = new double[data.samples()];
    for (int i = 0; i < answers.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        answers[i] += weights[j] * data.x()[i * weights.length + j];
      }
    }
    return answers;
  }

  /** (X^T X + penalty I)^-1 X^T y; the constant feature stands last, unpenalised. */
  private static double[] solve(TrainingData data, double penalty) {
    int d = data.features();
    R064Store normal = R064Store.FACTORY.make(d, d);
    R064Store right = R064Store.FACTORY.make(d, 1);
    for (int i = 0; i < data.samples(); i++) {
      for (int a = 0; a < d; a++) {
        double x = data.x()[i * d + a];
        right.add(a, 0, x * data.y()[i]);
        for (int b = 0; b < d; b++) {
          normal.add(a, b, x * data.x()[i * d + b]);
        }
      }
    }
    for (int a = 0; a < d - 1; a++) {
      normal.add(a, a, penalty);
    }
    Cholesky<Double> cholesky = Cholesky.R064.make(normal);
    cholesky.decompose(normal);
    MatrixStore<Double> solution = cholesky.getSolution(right);
    double[] weights = new double[d];
    for (int a = 0; a < d; a++) {
      weights[a] = solution.doubleValue(a, 0);
    }
    return weights;
  }
}
