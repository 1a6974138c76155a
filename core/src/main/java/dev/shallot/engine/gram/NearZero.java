package dev.shallot.engine.gram;

import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.numeric.LinearKernels;
import java.util.Arrays;

/**
 * The pre-activations of one subnet that could change sign in a round, a list a sample.
 *
 * <p>An entry is a neuron r on a sample i, and knows how far inside its present activation it is:
 * the margin, z_ir if it is active and -z_ir if not. The margin moves on a line, {@code start +
 * lambda slope} (see {@link Forecast}), give or take the forecast's limit; only an entry that could
 * be below zero by that has to be worked out.
 *
 * <p>A flip of a neuron bends the ways of its other entries too, so they are chained by neuron, and
 * put right at once: with the activation of sample i switched by {@code sign} at the sum S, the
 * others are what they would be had it been switched from the start, with {@code start} less {@code
 * sign g a_r K_ij S_i} to make up for it.
 *
 * @param <A> array type
 */
final class NearZero<A> {
  private final RoundView<A> round;
  private final LinearModel model;
  private final ActiveSums<A> active;
  private final Kernels<A> kernels;
  private final Candidates<A> candidates;
  private final LinearKernels linear;
  private final int stride;
  private final int[] first;
  private final int[] end;
  private final int[] neurons;
  private final int[] samples;
  private final int[] next;
  private final int[] newest;
  private final double[] start;
  private final double[] slope;
  private final int[] found;
  private final int[] memberships;
  private final A values;
  private int size;

  /**
   * Empty lists.
   *
   * @param active sums at the model's activations
   * @param candidates what is near zero at the start of the round
   * @param room how many entries there may be, at least one sample's
   */
  NearZero(
      RoundView<A> round,
      LinearModel model,
      ActiveSums<A> active,
      Candidates<A> candidates,
      LinearKernels linear,
      int room) {
    int samplesCount = round.whole().samples();
    this.round = round;
    this.model = model;
    this.active = active;
    this.kernels = round.space().kernels();
    this.candidates = candidates;
    this.linear = linear;
    this.stride = 32 * round.sampleWords();
    this.first = new int[samplesCount];
    this.end = new int[samplesCount];
    this.neurons = new int[room + LinearKernels.OVERRUN];
    this.samples = new int[neurons.length];
    this.next = new int[neurons.length];
    this.newest = new int[round.stride()];
    this.start = new double[neurons.length];
    this.slope = new double[neurons.length];
    this.found = new int[round.stride() + LaneKernels.BLOCK];
    this.memberships = new int[found.length];
    this.values = kernels.allocate(found.length);
  }

  /** Empties all lists. */
  void clear() {
    size = 0;
    Arrays.fill(first, 0);
    Arrays.fill(end, 0);
    Arrays.fill(newest, -1);
  }

  /**
   * Lists the neurons of a subnet whose pre-activation on sample i was at most {@code reach} from
   * zero at the start of the round, in place of the sample's list.
   *
   * @param own see {@link Candidates#of}
   * @param forecast F
   * @param flips of the round so far
   * @return how many there are, or -1 if there is no room for them
   */
  int list(int i, int subnet, double reach, int[] own, double[] forecast, Flips flips) {
    int count = candidates.of(i, subnet, reach, own, found, memberships, values);
    if (size + count + LinearKernels.OVERRUN > neurons.length) {
      return -1;
    }
    System.arraycopy(found, 0, neurons, size, count);
    kernels.store(values, 0, start, size, count);
    double[] sums = active.of(i, forecast, neurons, size, count);
    double[] signs = round.signs();
    double[] k = round.k();
    boolean bent = flips.count() > 0;
    for (int c = 0; c < count; c++) {
      int entry = size + c;
      int r = neurons[entry];
      double side = model.side(r, i);
      double way = side * model.g() * signs[r];
      start[entry] *= side;
      if (bent) {
        start[entry] -= way * flips.correction(r, k, i * stride);
      }
      slope[entry] = way * sums[c];
      samples[entry] = i;
      next[entry] = newest[r];
      newest[r] = entry;
    }
    first[i] = size;
    size += count;
    end[i] = size;
    return count;
  }

  /**
   * Writes the entries of sample i that could have changed sign, and returns how many.
   *
   * @param factor lambda
   * @param limit how far from its line an entry can be
   */
  int close(int i, double factor, double limit, int[] entries) {
    return linear.close(first[i], end[i], start, slope, factor, limit, entries);
  }

  /** The neurons of all entries. */
  int[] neurons() {
    return neurons;
  }

  /** The margin that an entry would have with S = 0. */
  double start(int entry) {
    return start[entry];
  }

  /**
   * Takes in a flip that the model has taken in already.
   *
   * @param sign +1 or -1
   * @param sum S_i
   * @param forecast F_i
   */
  void flip(int r, int i, int sign, double sum, double forecast) {
    double[] k = round.k();
    double change = sign * model.g() * round.signs()[r];
    for (int entry = newest[r]; entry >= 0; entry = next[entry]) {
      int j = samples[entry];
      // The entry of the flip itself still has the margin of the other side.
      double side = j == i ? -model.side(r, j) : model.side(r, j);
      double moved = side * change * k[i * stride + j];
      start[entry] -= moved * sum;
      slope[entry] += moved * forecast;
      if (j == i) {
        start[entry] = -start[entry];
        slope[entry] = -slope[entry];
      }
    }
  }
}
