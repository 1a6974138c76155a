package dev.shallot.bench;

import dev.shallot.mask.MaskLaw;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * The sizes that are measured: those of the papers' two experiments, on Gaussian directions with
 * random labels, since times do not depend on the numbers.
 */
enum Shape {
  /** Communities and Crime: narrow data, wide network, one output. */
  A(100, 122, 4000, 1),
  /** Image embeddings: ten outputs. */
  B(1000, 2048, 500, 10);

  static final double KEEP = 0.5;

  /** Stable for both shapes, and it keeps the residuals from dying out within a measurement. */
  static final double STEP_SIZE = 0.1;

  private static final long SEED = 1;

  final int samples;
  final int features;
  final int width;
  final int outputs;

  Shape(int samples, int features, int width, int outputs) {
    this.samples = samples;
    this.features = features;
    this.width = width;
    this.outputs = outputs;
  }

  TrainingData data() {
    CounterRandom xs = new CounterRandom(SEED, RandomStream.SYNTHETIC_FEATURES);
    CounterRandom ys = new CounterRandom(SEED, RandomStream.SYNTHETIC_LABELS);
    double[] x = new double[samples * features];
    for (int i = 0; i < samples; i++) {
      double norm = 0.0;
      for (int j = i * features; j < (i + 1) * features; j++) {
        x[j] = xs.gaussian(j);
        norm += x[j] * x[j];
      }
      for (int j = i * features; j < (i + 1) * features; j++) {
        x[j] /= Math.sqrt(norm);
      }
    }
    double[] y = new double[samples * outputs];
    for (int i = 0; i < y.length; i++) {
      y[i] = ys.gaussian(i);
    }
    return new TrainingData(samples, features, outputs, x, y);
  }

  Network network() {
    return Initialization.NTK.draw(1.0, width, features, outputs, SEED);
  }

  MaskSet masks(int subnets, long round) {
    return new MaskLaw.Bernoulli(subnets, KEEP).draw(SEED, round, width);
  }

  @Override
  public String toString() {
    return "%s: n = %d, d = %d, m = %d, c = %d, xi = %s"
        .formatted(name(), samples, features, width, outputs, KEEP);
  }
}
