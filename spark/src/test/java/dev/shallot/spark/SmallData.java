package dev.shallot.spark;

import dev.shallot.engine.DataOrigin;
import dev.shallot.plan.TrainingData;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/** Made data: any machine makes the same. */
record SmallData(int samples, int features, int outputs, long seed) implements DataOrigin {

  @Override
  public TrainingData read() {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    double[] x = new double[samples * features];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.gaussian(i) / Math.sqrt(features);
    }
    CounterRandom labels = new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS);
    double[] y = new double[samples * outputs];
    for (int i = 0; i < y.length; i++) {
      y[i] = labels.gaussian(i);
    }
    return new TrainingData(samples, features, outputs, x, y);
  }
}
