package dev.shallot.engine.gram;

import dev.shallot.engine.EngineSetup;
import dev.shallot.numeric.ChosenSums;
import dev.shallot.numeric.CountedKernels;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.Simd;
import dev.shallot.plan.Precision;
import dev.shallot.plan.TrainingData;

/**
 * What all subnets share: K = X X^T, the targets, the kernels.
 *
 * @param setup plan, steps, data
 * @param kernels arithmetic on samples
 * @param lanes arithmetic on neurons
 * @param counted arithmetic of counted rounds
 * @param chosen sums of chosen samples
 * @param tables whether one +-1 output is stepped by table look-up
 * @param k K, samples (rounded up to 4 rows) x stride, the extra rows zero
 * @param stride of everything that has a column a sample
 * @param rows samples, rounded up to a multiple of 4: the rows of a block
 * @param targets Y, outputs x stride
 * @param everySample 0 .. n-1
 * @param <A> array type
 */
record SampleSpace<A>(
    EngineSetup setup,
    Kernels<A> kernels,
    LaneKernels<A> lanes,
    CountedKernels<A> counted,
    ChosenSums<A> chosen,
    boolean tables,
    A k,
    int stride,
    int rows,
    A targets,
    int[] everySample) {

  /** Tables take 16 n^2 bytes a worker: 268 MB at this many samples. */
  private static final int MOST_LOOKED_UP = 4096;

  static <A> SampleSpace<A> of(
      EngineSetup setup,
      Kernels<A> kernels,
      LaneKernels<A> lanes,
      CountedKernels<A> counted,
      ChosenSums<A> chosen,
      boolean tables) {
    TrainingData data = setup.data();
    int n = data.samples();
    int c = data.outputs();
    int stride = kernels.pad(n);
    int rows = (n + 3) / 4 * 4;
    A k = kernels.allocate(Math.multiplyExact(rows, stride));
    double[] gram = GramState.gram(data);
    double[] targetRow = new double[n];
    A targets = kernels.allocate(Math.multiplyExact(c, stride));
    for (int i = 0; i < n; i++) {
      kernels.load(gram, i * n, k, i * stride, n);
    }
    for (int o = 0; o < c; o++) {
      for (int i = 0; i < n; i++) {
        targetRow[i] = data.y()[i * c + o];
      }
      kernels.load(targetRow, 0, targets, o * stride, n);
    }
    int[] everySample = new int[n];
    java.util.Arrays.setAll(everySample, i -> i);
    return new SampleSpace<>(
        setup, kernels, lanes, counted, chosen, tables, k, stride, rows, targets, everySample);
  }

  /**
   * Whether a plan's steps can be looked up: float32, one frozen +-1 output, all samples, wide
   * vectors.
   */
  static boolean canLookUp(EngineSetup setup) {
    if (setup.plan().precision() != Precision.FLOAT32
        || setup.plan().trained().output()
        || setup.data().outputs() != 1
        || setup.plan().batch().isPresent()
        || setup.data().samples() > MOST_LOOKED_UP
        || !Simd.hasTables()) {
      return false;
    }
    for (double a : setup.initial().outputWeights()) {
      if (Math.abs(a) != 1.0) {
        return false;
      }
    }
    return true;
  }
}
