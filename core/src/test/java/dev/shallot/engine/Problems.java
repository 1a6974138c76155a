package dev.shallot.engine;

import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/** Small problems for tests. */
final class Problems {
  private Problems() {}

  /** Unit rows in random directions, standard normal targets. */
  static TrainingData gaussian(int samples, int features, int outputs, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    CounterRandom labels = new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS);
    double[] x = new double[samples * features];
    double[] y = new double[samples * outputs];
    for (int i = 0; i < samples; i++) {
      double norm = 0.0;
      for (int j = 0; j < features; j++) {
        x[i * features + j] = random.gaussian(i * features + j);
        norm += x[i * features + j] * x[i * features + j];
      }
      for (int j = 0; j < features; j++) {
        x[i * features + j] /= Math.sqrt(norm);
      }
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = labels.gaussian(i);
    }
    return new TrainingData(samples, features, outputs, x, y);
  }

  /** Unit rows in random directions, each of a random class: targets are 1 for it, else 0. */
  static TrainingData classes(int samples, int features, int classes, long seed) {
    CounterRandom labels = new CounterRandom(seed, RandomStream.SYNTHETIC_LABELS);
    double[] y = new double[samples * classes];
    for (int i = 0; i < samples; i++) {
      y[i * classes + labels.below(classes, i)] = 1.0;
    }
    return new TrainingData(
        samples, features, classes, gaussian(samples, features, classes, seed).x(), y);
  }

  /** The same samples with random weights, the first of them 0. */
  static TrainingData weighted(TrainingData data, long seed) {
    CounterRandom random = new CounterRandom(seed, RandomStream.PROBES);
    double[] weights = new double[data.samples()];
    for (int i = 1; i < weights.length; i++) {
      weights[i] = 1.2 * random.uniform(i);
    }
    return new TrainingData(
        data.samples(), data.features(), data.outputs(), data.x(), data.y(), weights);
  }

  /** The network that a plan starts from. */
  static Network network(TrainingPlan plan, TrainingData data) {
    return plan.initialization()
        .draw(plan.initScale(), plan.width(), data.features(), data.outputs(), plan.seed())
        .withActivation(plan.activation());
  }

  /** One step of gradient descent on 1/2 ||f(X) - y||^2 for one output, written independently. */
  static void gradientDescentStep(double[] w, Network network, TrainingData data, double eta) {
    int m = network.width();
    int d = network.features();
    double[] f = new double[data.samples()];
    boolean[] on = new boolean[m * data.samples()];
    for (int i = 0; i < data.samples(); i++) {
      for (int r = 0; r < m; r++) {
        double z = 0.0;
        for (int j = 0; j < d; j++) {
          z += w[r * d + j] * data.x()[i * d + j];
        }
        on[r * data.samples() + i] = z >= 0;
        f[i] += network.scale() * network.outputWeights()[r] * Math.max(0, z);
      }
    }
    for (int r = 0; r < m; r++) {
      for (int i = 0; i < data.samples(); i++) {
        if (on[r * data.samples() + i]) {
          double g = network.scale() * network.outputWeights()[r] * (f[i] - data.y()[i]);
          for (int j = 0; j < d; j++) {
            w[r * d + j] -= eta * g * data.x()[i * d + j];
          }
        }
      }
    }
  }
}
