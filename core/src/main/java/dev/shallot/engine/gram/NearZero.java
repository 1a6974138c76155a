package dev.shallot.engine.gram;

import dev.shallot.numeric.CountedKernels;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import java.util.Arrays;

/**
 * The pre-activations of one subnet that could change sign in a round, a list a sample.
 *
 * <p>An entry stands for v = a_r z_ir. For every sample the subnet adds up how far its steps can
 * have moved any v: up by {@code rise}, down by {@code fall}. An entry waits until the one that
 * could bring it to zero passes the distance that it was last known to have; only then is its
 * pre-activation worked out. So an entry above zero carries the {@code fall} at which it is due,
 * and one below zero carries the {@code rise}, with a minus sign.
 *
 * @param <A> array type
 */
final class NearZero<A> {
  private final CountedKernels<A> counted;
  private final GramState<A> whole;
  private final int[] first;
  private final int[] end;
  private final int[] neurons;
  private final A start;
  private final A due;
  private int size;

  /**
   * An empty list.
   *
   * @param room how many entries there may be, at least one sample's
   */
  NearZero(Kernels<A> kernels, CountedKernels<A> counted, GramState<A> whole, int room) {
    this.counted = counted;
    this.whole = whole;
    this.first = new int[whole.samples()];
    this.end = new int[whole.samples()];
    this.neurons = new int[room + LaneKernels.BLOCK];
    this.start = kernels.allocate(room + LaneKernels.BLOCK);
    this.due = kernels.allocate(room + LaneKernels.BLOCK);
  }

  /** Empties all lists; entries that are listed again wait from the start of the round. */
  void clear() {
    size = 0;
    Arrays.fill(first, 0);
    Arrays.fill(end, 0);
  }

  /**
   * Lists the held neurons whose pre-activation on sample i was at most {@code reach} from zero at
   * the start of the round. Those of a shorter list keep what is known of them.
   *
   * @return false if there are too many
   */
  boolean list(int i, double reach, long[] held) {
    int to =
        counted.collect(
            whole.stride(),
            whole.z(),
            i * whole.stride(),
            whole.output(),
            reach,
            held,
            0,
            neurons,
            start,
            size);
    if (to < 0) {
      return false;
    }
    System.arraycopy(start, size, due, size, to - size);
    int k = size;
    for (int known = first[i]; known < end[i]; known++) {
      while (neurons[k] != neurons[known]) {
        k++;
      }
      System.arraycopy(due, known, due, k, 1);
    }
    first[i] = size;
    end[i] = to;
    size = to;
    return true;
  }

  /** Writes the entries of sample i that are due, and returns how many. */
  int due(int i, double rise, double fall, int[] entries) {
    return counted.within(first[i], end[i], due, -rise, fall, entries);
  }

  int neuron(int entry) {
    return neurons[entry];
  }

  /** Reads v at the start of the round of some entries. */
  void starts(int count, int[] entries, double[] to) {
    counted.gather(count, start, entries, to);
  }

  /** When an entry at v is due, once the rise and the fall of its sample have come so far. */
  static double dueFrom(double v, double rise, double fall) {
    return v >= 0.0 ? fall + v : v - rise;
  }

  /** Sets when some entries are due, see {@link #dueFrom}. */
  void wait(int count, int[] entries, double[] dues) {
    counted.scatter(count, dues, entries, due);
  }
}
