package dev.shallot.engine.dense;

import dev.shallot.numeric.Kernels;
import dev.shallot.plan.TrainingData;

/**
 * Some samples, laid out for the two products of a step: X^T for the way forward, X for the way
 * back, and Y output by output.
 *
 * @param <A> array type
 */
final class Batch<A> {
  private final Kernels<A> kernels;
  private final int features;
  private final int outputs;
  private final int capacity;
  private final A forward;
  private final A back;
  private final A targets;
  private double[] weights = new double[0];

  /** Room for so many samples. */
  Batch(Kernels<A> kernels, int features, int outputs, int capacity) {
    this.kernels = kernels;
    this.features = features;
    this.outputs = outputs;
    this.capacity = capacity;
    this.forward = kernels.allocate(kernels.packedLength(features, capacity));
    this.back = kernels.allocate(kernels.packedLength(capacity, features));
    this.targets = kernels.allocate(Math.multiplyExact(outputs, kernels.pad(capacity)));
  }

  /** All samples of a data set, in its order. */
  static <A> Batch<A> all(Kernels<A> kernels, TrainingData data, Samples<A> samples) {
    Batch<A> batch = new Batch<>(kernels, data.features(), data.outputs(), data.samples());
    int[] everyone = new int[data.samples()];
    for (int i = 0; i < everyone.length; i++) {
      everyone[i] = i;
    }
    batch.fill(samples, everyone);
    return batch;
  }

  /** Takes the samples of these numbers, as many as there is room for. */
  void fill(Samples<A> samples, int[] index) {
    kernels.packTransposed(samples.x(), samples.xStride(), index, features, capacity, forward);
    kernels.packRows(samples.x(), samples.xStride(), index, capacity, features, back);
    int stride = kernels.pad(capacity);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < capacity; i++) {
        System.arraycopy(samples.y(), index[i] * outputs + o, targets, o * stride + i, 1);
      }
    }
    if (samples.weights().length > 0) {
      weights = weights.length == 0 ? new double[capacity] : weights;
      for (int i = 0; i < capacity; i++) {
        weights[i] = samples.weights()[index[i]];
      }
    }
  }

  /** Number of samples. */
  int size() {
    return capacity;
  }

  /** Padded number of samples: the stride of everything that has a column a sample. */
  int stride() {
    return kernels.pad(capacity);
  }

  /** X^T, packed: features x samples. */
  A forward() {
    return forward;
  }

  /** X, packed: samples x features. */
  A back() {
    return back;
  }

  /** Writes what each of some samples counts. */
  void weights(int first, int count, double[] into) {
    if (weights.length == 0) {
      java.util.Arrays.fill(into, 0, count, 1.0);
    } else {
      System.arraycopy(weights, first, into, 0, count);
    }
  }

  /** Y, outputs x stride, the padding zero. */
  A targets() {
    return targets;
  }
}
