package dev.shallot.sweep;

import java.util.Arrays;

/**
 * How the error of a cell went, in the papers' symbols. Entry i of all arrays belongs together.
 *
 * @param rounds how many rounds were done: 0, then k+1 for each observed round k
 * @param errors G, ||Y - u||^2 of the whole network after them; the first is G_0
 * @param sampled S_k of the round that led there, the mean over its subnets of ||Y - uhat_{k,0}||^2
 *     after sampling; NaN for the first; empty with minibatches, where it would be an estimate
 * @param local L_{k,t}, t = 1 .. tau, tau numbers an entry: the mean over subnets after each local
 *     step; NaN for the first; empty unless the plan measures steps (events steps)
 */
public record Trace(long[] rounds, double[] errors, double[] sampled, double[] local) {

  /** A trace without points. */
  static final Trace NONE = new Trace(new long[0], new double[0], new double[0], new double[0]);

  /** tau, as far as local steps were measured. */
  public int localSteps() {
    return rounds.length == 0 ? 0 : local.length / rounds.length;
  }

  /**
   * At most so many points: every s-th and the last, s the smallest whole number with which they
   * are few enough. The first and the last are always among them.
   *
   * @param most 0, or at least 2
   */
  Trace thinned(int most) {
    int count = rounds.length;
    if (count <= most) {
      return this;
    }
    if (most == 0) {
      return NONE;
    }
    int stride = 1;
    while ((count - 2) / stride + 2 > most) {
      stride++;
    }
    int kept = (count - 2) / stride + 2;
    int[] index = new int[kept];
    int step = stride;
    Arrays.setAll(index, i -> Math.min(i * step, count - 1));
    index[kept - 1] = count - 1;
    return pick(index);
  }

  private Trace pick(int[] index) {
    int tau = localSteps();
    long[] pickedRounds = new long[index.length];
    double[] pickedErrors = new double[index.length];
    double[] pickedSampled = new double[sampled.length == 0 ? 0 : index.length];
    double[] pickedLocal = new double[index.length * tau];
    for (int i = 0; i < index.length; i++) {
      pickedRounds[i] = rounds[index[i]];
      pickedErrors[i] = errors[index[i]];
      if (pickedSampled.length > 0) {
        pickedSampled[i] = sampled[index[i]];
      }
      System.arraycopy(local, index[i] * tau, pickedLocal, i * tau, tau);
    }
    return new Trace(pickedRounds, pickedErrors, pickedSampled, pickedLocal);
  }
}
