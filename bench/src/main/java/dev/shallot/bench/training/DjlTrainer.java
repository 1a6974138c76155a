package dev.shallot.bench.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.SparseFormat;
import dev.shallot.mask.MaskSet;
import dev.shallot.plan.Aggregation;

/**
 * libtorch through DJL, float32: either with full matrices and the mask as a factor, or with each
 * subnet's rows gathered once a round and scattered back.
 */
final class DjlTrainer implements Trainer {
  private final boolean gathered;
  private final DjlStep step;
  private final Case sizes;
  private final Libtorch torch;

  private DjlTrainer(Problem problem, boolean gathered, DjlStep step, int threads) {
    this.gathered = gathered;
    this.step = step;
    this.sizes = problem.sizes();
    this.torch = new Libtorch(problem, threads);
  }

  static DjlTrainer masked(Problem problem, DjlStep step, int threads) {
    return new DjlTrainer(problem, false, step, threads);
  }

  static DjlTrainer gathered(Problem problem, DjlStep step, int threads) {
    return new DjlTrainer(problem, true, step, threads);
  }

  @Override
  public void round(long round, MaskSet masks) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (gathered) {
        gathered(masks);
      } else {
        masked(masks);
      }
    }
  }

  private void masked(MaskSet masks) {
    int p = masks.subnets();
    NDArray whole = torch.whole;
    NDArray moved = p == 1 ? whole : whole.zerosLike();
    for (int l = 0; l < p; l++) {
      NDArray a = torch.outputs.mul(torch.mask(masks, l));
      // With one subnet, rows that it does not hold get a zero gradient: no copy is needed.
      NDArray w = p == 1 ? whole : whole.duplicate();
      for (int t = 0; t < sizes.localSteps(); t++) {
        step.take(torch.sets, w, a);
      }
      if (p > 1) {
        moved.addi(w.subi(whole));
        w.close();
      }
    }
    if (p > 1) {
      float[] shares = shares(sizes, masks);
      whole.addi(moved.muli(torch.matrix(shares, shares.length, 1)));
    }
  }

  private void gathered(MaskSet masks) {
    int p = masks.subnets();
    float[] shares = shares(sizes, masks);
    NDArray whole = torch.whole;
    NDArray next = p == 1 ? whole : whole.duplicate();
    for (int l = 0; l < p; l++) {
      int[] held = new int[masks.held(l)];
      masks.heldNeurons(l, held);
      long[] rowNumbers = new long[held.length];
      float[] factors = new float[held.length];
      for (int i = 0; i < held.length; i++) {
        rowNumbers[i] = held[i];
        factors[i] = shares[held[i]];
      }
      NDArray index = torch.manager.create(rowNumbers);
      NDArray w = take(whole, index);
      NDArray a = take(torch.outputs, index);
      NDArray start = p == 1 ? w : w.duplicate();
      for (int t = 0; t < sizes.localSteps(); t++) {
        step.take(torch.sets, w, a);
      }
      if (p > 1) {
        w.subi(start).muli(torch.matrix(factors, held.length, 1));
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

  /** What a subnet's change of a row counts for: 1/X_r, or 1/p. */
  static float[] shares(Case sizes, MaskSet masks) {
    float[] shares = new float[masks.width()];
    for (int r = 0; r < shares.length; r++) {
      shares[r] =
          sizes.aggregation() == Aggregation.SUBNET_MEAN
              ? 1f / masks.subnets()
              : 1f / Math.max(1, masks.coverage(r));
    }
    return shares;
  }

  @Override
  public double[] hiddenWeights() {
    return torch.hiddenWeights();
  }

  @Override
  public String description() {
    return Libtorch.description();
  }

  @Override
  public void close() {
    torch.close();
  }
}
