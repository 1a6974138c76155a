package dev.shallot.engine.dense;

import dev.shallot.numeric.Kernels;
import dev.shallot.plan.TrainingData;

/**
 * X and Y in an engine's number type.
 *
 * @param x n x features, stride {@code xStride}
 * @param xStride padded number of features
 * @param y n x outputs
 * @param weights what each sample counts, in float64; empty: 1 each
 * @param <A> array type
 */
record Samples<A>(A x, int xStride, A y, double[] weights) {

  static <A> Samples<A> of(Kernels<A> kernels, TrainingData data) {
    int stride = kernels.pad(data.features());
    A x = kernels.allocate(Math.multiplyExact(data.samples(), stride));
    for (int i = 0; i < data.samples(); i++) {
      kernels.load(data.x(), i * data.features(), x, i * stride, data.features());
    }
    A y = kernels.allocate(data.y().length);
    kernels.load(data.y(), 0, y, 0, data.y().length);
    return new Samples<>(x, stride, y, data.weights());
  }
}
