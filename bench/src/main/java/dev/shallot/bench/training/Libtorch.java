package dev.shallot.bench.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.shallot.mask.MaskSet;

/** What all of libtorch's trainers start from: a problem on DJL arrays, float32. */
final class Libtorch implements AutoCloseable {
  final NDManager manager;

  /** The network's hidden weights, m x d; they move. */
  final NDArray whole;

  /** The output weights, m x c. */
  final NDArray outputs;

  final DjlStep.Sets sets;

  Libtorch(Problem problem, int threads) {
    // Read when the engine starts, once in a JVM.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", Integer.toString(threads));
    Case sizes = problem.sizes();
    manager = Engine.getEngine("PyTorch").newBaseManager();
    whole = matrix(problem.network().hiddenWeights(), sizes.width(), sizes.features());
    outputs = matrix(problem.network().outputWeights(), sizes.width(), sizes.outputs());
    NDArray x = matrix(problem.data().x(), sizes.samples(), sizes.features());
    NDArray y = matrix(problem.data().y(), sizes.samples(), sizes.outputs());
    sets =
        new DjlStep.Sets(
            x,
            x.transpose().duplicate(),
            y,
            y.transpose().duplicate(),
            (float) problem.network().scale(),
            (float) problem.stepSize());
  }

  private NDArray matrix(double[] numbers, int height, int width) {
    return matrix(JavaTrainer.floats(numbers), height, width);
  }

  NDArray matrix(float[] numbers, int height, int width) {
    return manager.create(numbers, new Shape(height, width));
  }

  /** The mask of a subnet in floats, m x 1. */
  NDArray mask(MaskSet masks, int subnet) {
    float[] mask = new float[masks.width()];
    for (int r = 0; r < mask.length; r++) {
      mask[r] = masks.holds(subnet, r) ? 1 : 0;
    }
    return matrix(mask, mask.length, 1);
  }

  double[] hiddenWeights() {
    float[] floats = whole.toFloatArray();
    double[] copy = new double[floats.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = floats[i];
    }
    return copy;
  }

  static String description() {
    return "libtorch " + Engine.getEngine("PyTorch").getVersion() + " through DJL";
  }

  @Override
  public void close() {
    manager.close();
  }
}
