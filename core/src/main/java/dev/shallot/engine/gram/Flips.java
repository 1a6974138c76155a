package dev.shallot.engine.gram;

import java.util.Arrays;

/**
 * The activations that one subnet changed in a round, in the order in which they changed, and by
 * neuron.
 *
 * <p>Sample i of neuron r was switched on (sign +1) or off (-1) when the residuals added up so far
 * came to S: from then on it takes part (or no longer) in the neuron's coefficients. Its
 * contribution to them is therefore {@code sign (S_end - S)} beside what the activations at the
 * start of the round account for.
 */
final class Flips {
  private final int[] newest;
  private int[] older = new int[64];
  private int[] neuron = new int[64];
  private int[] sample = new int[64];
  private double[] signedSum = new double[64];
  private int[] sign = new int[64];
  private int count;

  Flips(int width) {
    newest = new int[width];
    Arrays.fill(newest, -1);
  }

  void clear() {
    for (int flip = 0; flip < count; flip++) {
      newest[neuron[flip]] = -1;
    }
    count = 0;
  }

  /** Adds a flip; those of the same sample and neuron become one entry. */
  void add(int r, int i, int plusOrMinus, double sum) {
    for (int flip = newest[r]; flip >= 0; flip = older[flip]) {
      if (sample[flip] == i) {
        sign[flip] += plusOrMinus;
        signedSum[flip] += plusOrMinus * sum;
        return;
      }
    }
    if (count == neuron.length) {
      int room = 2 * count;
      older = Arrays.copyOf(older, room);
      neuron = Arrays.copyOf(neuron, room);
      sample = Arrays.copyOf(sample, room);
      signedSum = Arrays.copyOf(signedSum, room);
      sign = Arrays.copyOf(sign, room);
    }
    older[count] = newest[r];
    neuron[count] = r;
    sample[count] = i;
    sign[count] = plusOrMinus;
    signedSum[count] = plusOrMinus * sum;
    newest[r] = count++;
  }

  /** How many entries there are. */
  int count() {
    return count;
  }

  int neuron(int flip) {
    return neuron[flip];
  }

  int sample(int flip) {
    return sample[flip];
  }

  /** What a flip adds to its coefficient by the end of the round, when the sum is {@code end}. */
  double contribution(int flip, double end) {
    return sign[flip] * end - signedSum[flip];
  }

  /**
   * {@code sum of sign S K_ij over the flips (r, i) of a neuron}: what its pre-activation on sample
   * j lacks, or has too much, when its activations of today are taken for those of the whole round.
   *
   * @param k row j of K
   */
  double correction(int r, double[] k, int row) {
    double sum = 0.0;
    for (int flip = newest[r]; flip >= 0; flip = older[flip]) {
      sum += k[row + sample[flip]] * signedSum[flip];
    }
    return sum;
  }
}
