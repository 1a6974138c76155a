package dev.shallot.data;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * Features of the built-in sets. Numbers come from stream {@link RandomStream#SYNTHETIC_FEATURES};
 * what they are for is the "subnet" coordinate: 0 noise (index i*d + j), 1 class means or loadings,
 * 2 classes or latent factors, 3 offsets.
 */
final class SyntheticFeatures {
  /** Classes of the embedding with a single output; otherwise as many as outputs. */
  private static final int CLASSES = 10;

  private static final double CLASS_WEIGHT = 0.7;

  // A census-like table: on 100 rows and 99 columns its unit-row kernel has a largest eigenvalue of
  // about n/3 and a smallest of about 0.025, as Communities & Crime has (calibrated in NumPy).
  static final int FACTORS = 6;
  private static final double FACTOR_DECAY = 0.7;
  private static final double FACTOR_WEIGHT = 1.05;
  private static final double NOISE_WEIGHT = 0.3;
  private static final double OFFSET_MEAN = -0.6;
  private static final double OFFSET_DEVIATION = 0.5;

  private SyntheticFeatures() {}

  /** X, n x d. The embedding's rows are not normalised yet: its labels are made before that. */
  static double[] draw(SyntheticSet set, int rows, int features, int outputs, long seed) {
    double[] x = new double[rows * features];
    switch (set) {
      case SPHERE -> {
        CounterRandom noise = random(seed, 0);
        for (int at = 0; at < x.length; at++) {
          x[at] = noise.gaussian(at);
        }
        normaliseRows(x, rows, features);
      }
      case GAUSSIAN -> {
        CounterRandom noise = random(seed, 0);
        for (int at = 0; at < x.length; at++) {
          x[at] = noise.gaussian(at);
        }
      }
      case EMBEDDING -> drawEmbedding(x, rows, features, outputs, seed);
      case TABULAR -> drawTabular(x, rows, features, seed);
    }
    return x;
  }

  /** feature = max(0, 0.7 mu_class + N(0, I)), mu_c ~ N(0, I). */
  private static void drawEmbedding(double[] x, int rows, int features, int outputs, long seed) {
    CounterRandom noise = random(seed, 0);
    double[] means = new double[classes(outputs) * features];
    CounterRandom meanNumbers = random(seed, 1);
    for (int at = 0; at < means.length; at++) {
      means[at] = CLASS_WEIGHT * meanNumbers.gaussian(at);
    }
    for (int i = 0; i < rows; i++) {
      int mean = classOf(i, outputs, seed) * features;
      boolean zero = true;
      for (int j = 0; j < features; j++) {
        double value = means[mean + j] + noise.gaussian((long) i * features + j);
        x[i * features + j] = value;
        zero &= value <= 0.0;
      }
      for (int j = i * features; j < (i + 1) * features; j++) {
        // A row of zeros has no direction; with few features it can come up.
        x[j] = zero ? -x[j] : Math.max(0.0, x[j]);
      }
    }
  }

  static int classes(int outputs) {
    return outputs == 1 ? CLASSES : outputs;
  }

  /** The class of a row of the embedding. */
  static int classOf(int row, int outputs, long seed) {
    return random(seed, 2).below(classes(outputs), row);
  }

  /** x = logistic(offset_j + 1.05 &lt;loading_j, z_i&gt; + 0.3 noise). */
  private static void drawTabular(double[] x, int rows, int features, long seed) {
    double[] strengths = new double[FACTORS];
    double sum = 0.0;
    for (int k = 0; k < FACTORS; k++) {
      strengths[k] = StrictMath.pow(FACTOR_DECAY, k);
      sum += strengths[k] * strengths[k];
    }
    double norm = Math.sqrt(sum);
    double[] loadings = new double[features * FACTORS];
    CounterRandom loadingNumbers = random(seed, 1);
    for (int at = 0; at < loadings.length; at++) {
      loadings[at] = loadingNumbers.gaussian(at) * strengths[at % FACTORS] / norm;
    }
    CounterRandom offsets = random(seed, 3);
    double[] offset = new double[features];
    for (int j = 0; j < features; j++) {
      offset[j] = OFFSET_MEAN + OFFSET_DEVIATION * offsets.gaussian(j);
    }
    CounterRandom noise = random(seed, 0);
    for (int i = 0; i < rows; i++) {
      double[] latent = latent(i, seed);
      for (int j = 0; j < features; j++) {
        double score = offset[j] + NOISE_WEIGHT * noise.gaussian((long) i * features + j);
        for (int k = 0; k < FACTORS; k++) {
          score += FACTOR_WEIGHT * loadings[j * FACTORS + k] * latent[k];
        }
        x[i * features + j] = logistic(score);
      }
    }
  }

  /** The latent factors of a row of the table. */
  static double[] latent(int row, long seed) {
    CounterRandom numbers = random(seed, 2);
    double[] latent = new double[FACTORS];
    for (int k = 0; k < FACTORS; k++) {
      latent[k] = numbers.gaussian((long) row * FACTORS + k);
    }
    return latent;
  }

  static double logistic(double score) {
    return 1.0 / (1.0 + StrictMath.exp(-score));
  }

  static void normaliseRows(double[] x, int rows, int features) {
    for (int i = 0; i < rows; i++) {
      double norm = FeatureAssembly.norm(x, i * features, features);
      for (int j = i * features; j < (i + 1) * features; j++) {
        x[j] /= norm;
      }
    }
  }

  private static CounterRandom random(long seed, int purpose) {
    return new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES, purpose, 0);
  }
}
