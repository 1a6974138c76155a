package dev.shallot.bench;

import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;

/**
 * The straight port: float32, one thread, plain loops over all neurons, each product multiplied by
 * the mask, as the released code reads when it is written in Java.
 */
final class JavaTrainer implements Trainer {
  private final Work work;
  private final int n;
  private final int d;
  private final int m;
  private final int c;
  private final float[] x;
  private final float[] y;
  private final float[] a;
  private final float scale;
  private final float[] whole;

  JavaTrainer(Shape shape, Work work) {
    TrainingData data = shape.data();
    Network network = shape.network();
    this.work = work;
    this.n = shape.samples;
    this.d = shape.features;
    this.m = shape.width;
    this.c = shape.outputs;
    this.x = floats(data.x());
    this.y = floats(data.y());
    this.a = floats(network.outputWeights());
    this.scale = (float) network.scale();
    this.whole = floats(network.hiddenWeights());
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
      for (int t = 0; t < work.localSteps(); t++) {
        localStep(subnets[l], mask);
      }
    }
    for (int r = 0; r < m; r++) {
      int coverage = Math.max(masks.coverage(r), 1);
      for (int j = r * d; j < (r + 1) * d; j++) {
        float moved = 0;
        for (int l = 0; l < p; l++) {
          moved += subnets[l][j] - whole[j];
        }
        whole[j] += moved / coverage;
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
    float factor = (float) Shape.STEP_SIZE * scale;
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
  public void close() {
    // Holds nothing but memory.
  }
}
