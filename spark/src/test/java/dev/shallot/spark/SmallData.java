package dev.shallot.spark;

import dev.shallot.engine.DataOrigin;
import dev.shallot.plan.TrainingData;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * Made data: any machine makes the same.
 *
 * @param classes whether targets are classes, one-hot, and samples count differently
 */
record SmallData(int samples, int features, int outputs, long seed, boolean classes)
    implements DataOrigin {

  /** Numbers as targets. */
  SmallData(int samples, int features, int outputs, long seed) {
    this(samples, features, outputs, seed, false);
  }

  @Override
  public TrainingData read() {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[samples * features];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.gaussian(i) / Math.sqrt(features);
    }
    CounterRandom labels = new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS);
    double[] y = new double[samples * outputs];
    double[] weights = new double[classes ? samples : 0];
    for (int i = 0; i < y.length && !classes; i++) {
      y[i] = labels.gaussian(i);
    }
    for (int i = 0; i < weights.length; i++) {
      y[i * outputs + labels.below(outputs, 2L * i)] = 1.0;
      weights[i] = 0.5 + labels.uniform(2L * i + 1);
    }
    return new TrainingData(samples, features, outputs, x, y, weights);
  }
}
