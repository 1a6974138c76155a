package dev.shallot.engine.gram;

import dev.shallot.engine.BatchSchedule;
import dev.shallot.numeric.Kernels;
import dev.shallot.plan.TrainingPlan;

/**
 * The samples that one local step sees, and the columns of K that belong to them. With full batches
 * these are all samples and K itself, and nothing is ever copied.
 *
 * @param <A> array type
 */
final class GramBatch<A> {
  private final SampleSpace<A> space;
  private final Kernels<A> kernels;
  private final BatchSchedule schedule;
  private final boolean some;
  private final int[] samples;
  private final A copied;
  private final double[] one = new double[1];

  GramBatch(SampleSpace<A> space, BatchSchedule schedule) {
    TrainingPlan plan = space.setup().plan();
    int perStep = space.setup().samplesPerStep();
    this.space = space;
    this.kernels = space.kernels();
    this.schedule = schedule;
    this.some = plan.batch().isPresent();
    this.samples = some ? new int[perStep] : space.everySample();
    this.copied = kernels.allocate(some ? Math.multiplyExact(space.rows(), perStep) : 0);
  }

  /** Takes the samples of a local step. */
  void take(long round, int subnet, int step) {
    if (!some) {
      return;
    }
    schedule.fill(round, subnet, step, samples);
    for (int k = 0; k < samples.length; k++) {
      for (int i = 0; i < space.setup().data().samples(); i++) {
        // K is symmetric: its column is its row.
        System.arraycopy(
            space.k(), samples[k] * space.stride() + i, copied, i * samples.length + k, 1);
      }
    }
  }

  /** The squared norm of a residual on these samples, given that on all of them. */
  double error(A residual, double onAll) {
    if (!some) {
      return onAll;
    }
    double sum = 0.0;
    for (int o = 0; o < space.setup().data().outputs(); o++) {
      for (int i : samples) {
        kernels.store(residual, o * space.stride() + i, one, 0, 1);
        sum += one[0] * one[0];
      }
    }
    return sum;
  }

  /** Which samples. */
  int[] samples() {
    return samples;
  }

  /** Their columns of K, a row a sample of the data. */
  A columns() {
    return some ? copied : space.k();
  }

  /** From row to row of {@link #columns}. */
  int stride() {
    return some ? samples.length : space.stride();
  }
}
