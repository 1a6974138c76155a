package dev.shallot.bench.training;

import dev.shallot.mask.MaskSet;

/**
 * The straight port: float32, one thread, plain loops over all neurons, each product multiplied by
 * the mask, as the released code reads when it is written in Java.
 */
final class JavaTrainer implements Trainer {
  private final Case sizes;
  private final float stepSize;
  private final int n;
  private final int d;
  private final int m;
  private final int c;
  private final float[] x;
  private final float[] y;
  private final float[] a;
  private final float scale;
  private final float[] whole;

  JavaTrainer(Problem problem) {
    this.sizes = problem.sizes();
    this.stepSize = (float) problem.stepSize();
    this.n = sizes.samples();
    this.d = sizes.features();
    this.m = sizes.width();
    this.c = sizes.outputs();
    this.x = floats(problem.data().x());
    this.y = floats(problem.data().y());
    this.a = floats(problem.network().outputWeights());
    this.scale = (float) problem.network().scale();
    this.whole = floats(problem.network().hiddenWeights());
  }

  static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Override
  public void round(long round, MaskSet masks) {
    int p = masks.subnets();
    float[][] subnets = new float[p][];
    for (int l = 0; l < p; l++) {
      float[] mask = new float[m];
      for (int r = 0; r < m; r++) {
        mask[r] = masks.holds(l, r) ? 1 : 0;
      }
      subnets[l] = whole.clone();
      for (int t = 0; t < sizes.localSteps(); t++) {
        localStep(subnets[l], mask);
      }
    }
    float[] shares = DjlTrainer.shares(sizes, masks);
    for (int r = 0; r < m; r++) {
      for (int j = r * d; j < (r + 1) * d; j++) {
        float moved = 0;
        for (int l = 0; l < p; l++) {
          moved += subnets[l][j] - whole[j];
        }
        whole[j] += moved * shares[r];
      }
    }
  }

  private void localStep(float[] w, float[] mask) {
    float[] z = new float[n * m];
    float[] error = new float[n * c];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < m; r++) {
        float sum = 0;
        for (int j = 0; j < d; j++) {
          sum += x[i * d + j] * w[r * d + j];
        }
        z[i * m + r] = sum;
        float activation = Math.max(sum, 0) * mask[r];
        for (int o = 0; o < c; o++) {
          error[i * c + o] += a[r * c + o] * activation;
        }
      }
      for (int o = 0; o < c; o++) {
        error[i * c + o] = scale * error[i * c + o] - y[i * c + o];
      }
    }
    float factor = stepSize * scale;
    float[] gradient = new float[d];
    for (int r = 0; r < m; r++) {
      java.util.Arrays.fill(gradient, 0);
      for (int i = 0; i < n; i++) {
        float backward = 0;
        for (int o = 0; o < c; o++) {
          backward += a[r * c + o] * error[i * c + o];
        }
        backward *= (z[i * m + r] >= 0 ? 1 : 0) * mask[r];
        for (int j = 0; j < d; j++) {
          gradient[j] += backward * x[i * d + j];
        }
      }
      for (int j = 0; j < d; j++) {
        w[r * d + j] -= factor * gradient[j];
      }
    }
  }

  @Override
  public double[] hiddenWeights() {
    double[] copy = new double[whole.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = whole[i];
    }
    return copy;
  }

  @Override
  public String description() {
    return "plain Java loops, float32, 1 thread";
  }

  @Override
  public void close() {
    // Holds nothing but memory.
  }
}
