package dev.shallot.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.shallot.mask.MaskSet;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;

/**
 * libtorch through DJL, float32: either with full matrices and the mask as a factor, or with each
 * subnet's rows gathered once a round and scattered back.
 */
final class DjlTrainer implements Trainer {

  /** How a subnet's rows are kept. */
  enum Rows {
    MASKED,
    GATHERED
  }

  private final Rows rows;
  private final DjlStep step;
  private final int localSteps;
  private final NDManager manager;
  private final NDArray whole;
  private final NDArray outputs;
  private final DjlStep.Sets sets;

  DjlTrainer(dev.shallot.bench.Shape shape, Work work, Rows rows, DjlStep step, int threads) {
    // Read when the engine starts, once in a JVM.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", Integer.toString(threads));
    this.rows = rows;
    this.step = step;
    this.localSteps = work.localSteps();
    this.manager = Engine.getEngine("PyTorch").newBaseManager();
    TrainingData data = shape.data();
    Network network = shape.network();
    this.whole = matrix(network.hiddenWeights(), shape.width, shape.features);
    this.outputs = matrix(network.outputWeights(), shape.width, shape.outputs);
    NDArray x = matrix(data.x(), shape.samples, shape.features);
    NDArray y = matrix(data.y(), shape.samples, shape.outputs);
    this.sets =
        new DjlStep.Sets(
            manager,
            x,
            x.transpose().duplicate(),
            y,
            y.transpose().duplicate(),
            (float) network.scale(),
            (float) dev.shallot.bench.Shape.STEP_SIZE);
  }

  private NDArray matrix(double[] numbers, int height, int width) {
    return manager.create(JavaTrainer.floats(numbers), new Shape(height, width));
  }

  @Override
  public void round(long round, MaskSet masks) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (rows == Rows.MASKED) {
        masked(masks);
      } else {
        gathered(masks);
      }
    }
  }

  private void masked(MaskSet masks) {
    int p = masks.subnets();
    float[] inverse = inverseCoverage(masks);
    NDArray moved = p == 1 ? whole : whole.zerosLike();
    for (int l = 0; l < p; l++) {
      float[] mask = new float[masks.width()];
      for (int r = 0; r < mask.length; r++) {
        mask[r] = masks.holds(l, r) ? 1 : 0;
      }
      NDArray a = outputs.mul(manager.create(mask, new Shape(mask.length, 1)));
      // With one subnet, rows that it does not hold get a zero gradient: no copy is needed.
      NDArray w = p == 1 ? whole : whole.duplicate();
      for (int t = 0; t < localSteps; t++) {
        step.take(sets, w, a);
      }
      if (p > 1) {
        moved.addi(w.subi(whole));
        w.close();
      }
    }
    if (p > 1) {
      whole.addi(moved.muli(manager.create(inverse, new Shape(inverse.length, 1))));
    }
  }

  private void gathered(MaskSet masks) {
    int p = masks.subnets();
    float[] inverse = inverseCoverage(masks);
    NDArray next = p == 1 ? whole : whole.duplicate();
    for (int l = 0; l < p; l++) {
      int[] held = new int[masks.held(l)];
      masks.heldNeurons(l, held);
      long[] rowNumbers = new long[held.length];
      float[] factors = new float[held.length];
      for (int i = 0; i < held.length; i++) {
        rowNumbers[i] = held[i];
        factors[i] = inverse[held[i]];
      }
      NDArray index = manager.create(rowNumbers);
      NDArray w = take(whole, index);
      NDArray a = take(outputs, index);
      NDArray start = p == 1 ? w : w.duplicate();
      for (int t = 0; t < localSteps; t++) {
        step.take(sets, w, a);
      }
      if (p > 1) {
        w.subi(start).muli(manager.create(factors, new Shape(held.length, 1)));
        w.addi(take(next, index));
      }
      next.set(new NDIndex("{}", index), w);
      w.close();
    }
    if (p > 1) {
      next.copyTo(whole);
    }
  }

  /** Rows by number: libtorch's embedding is its fastest row gather that DJL offers. */
  private static NDArray take(NDArray matrix, NDArray index) {
    NDList taken = matrix.getNDArrayInternal().embedding(index, matrix, SparseFormat.DENSE);
    return taken.singletonOrThrow();
  }

  private static float[] inverseCoverage(MaskSet masks) {
    float[] inverse = new float[masks.width()];
    for (int r = 0; r < inverse.length; r++) {
      inverse[r] = 1f / Math.max(1, masks.coverage(r));
    }
    return inverse;
  }

  @Override
  public double[] hiddenWeights() {
    float[] floats = whole.toFloatArray();
    double[] copy = new double[floats.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = floats[i];
    }
    return copy;
  }

  @Override
  public void close() {
    manager.close();
  }
}
