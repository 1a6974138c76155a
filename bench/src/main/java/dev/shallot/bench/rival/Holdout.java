package dev.shallot.bench.rival;

import dev.shallot.plan.TrainingData;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.util.Arrays;

/**
 * A random fifth of the training rows, on which a rival chooses what it has to choose.
 *
 * @param fit the other rows
 * @param judge the fifth
 */
record Holdout(TrainingData fit, TrainingData judge) {
  static Holdout of(TrainingData train) {
    int n = train.samples();
    int[] order = new CounterRandom(1, RandomStream.VALIDATION).permutation(n);
    int judged = n / 5;
    return new Holdout(
        rows(train, Arrays.copyOfRange(order, judged, n)),
        rows(train, Arrays.copyOf(order, judged)));
  }

  private static TrainingData rows(TrainingData data, int[] rows) {
    int d = data.features();
    int c = data.outputs();
    double[] x = new double[rows.length * d];
    double[] y = new double[rows.length * c];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(data.x(), rows[i] * d, x, i * d, d);
      System.arraycopy(data.y(), rows[i] * c, y, i * c, c);
    }
    return new TrainingData(rows.length, d, c, x, y);
  }

  /** The class of a row: where its target is 1. */
  static int label(TrainingData data, int row) {
    for (int o = 0; o < data.outputs(); o++) {
      if (data.y()[row * data.outputs() + o] == 1.0) {
        return o;
      }
    }
    throw new IllegalArgumentException("row " + row + " has no class");
  }

  /** The mean of -ln p. */
  static double logLoss(TrainingData data, double[] shares) {
    double sum = 0.0;
    for (int i = 0; i < data.samples(); i++) {
      sum -= Math.log(Math.max(1e-15, shares[i * data.outputs() + label(data, i)]));
    }
    return sum / data.samples();
  }
}
