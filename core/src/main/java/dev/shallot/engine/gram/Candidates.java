package dev.shallot.engine.gram;

import dev.shallot.mask.MaskSet;
import dev.shallot.numeric.CountedKernels;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import java.util.Arrays;

/**
 * The pre-activations near zero of a round, found once for all of its subnets while each sample's
 * are in the cache anyway: a subnet then picks its own from a short list.
 *
 * <p>How near is near, subnets know only when they look ahead. So the list reaches somewhat farther
 * than any subnet of the last round did; a subnet that has to reach farther looks at everything,
 * and finds the same.
 *
 * @param <A> array type
 */
final class Candidates<A> {
  /** More subnets than a member's bits: they look for themselves. */
  private static final int MOST_SUBNETS = Integer.SIZE;

  /** How much farther than the last round. */
  private static final double FARTHER = 1.25;

  /** Neurons between two looks at the room that is left. */
  private static final int PIECE = 512;

  private final CountedKernels<A> counted;
  private final GramState<A> whole;
  private final int n;
  private final int width;
  private final int room;
  private final int[] every;
  private final int[] members;
  private final double[] reach;
  private final double[] next;
  private final int[] count;
  private final int[] neurons;
  private final int[] memberships;
  private final A values;
  private boolean shared;

  Candidates(Kernels<A> kernels, CountedKernels<A> counted, GramState<A> whole, int subnets) {
    this.counted = counted;
    this.whole = whole;
    this.n = whole.samples();
    this.width = whole.stride();
    this.room = width / 2 + PIECE + LaneKernels.BLOCK;
    this.every = new int[width + LaneKernels.BLOCK];
    Arrays.setAll(every, r -> r);
    this.members = new int[width + LaneKernels.BLOCK];
    this.reach = new double[n];
    Arrays.fill(reach, -1.0);
    this.next = new double[subnets * n];
    this.count = new int[n];
    boolean few = subnets <= MOST_SUBNETS;
    this.neurons = new int[few ? Math.multiplyExact(n, room) : 0];
    this.memberships = new int[neurons.length];
    this.values = kernels.allocate(neurons.length);
  }

  /** Begins a round. */
  void begin(MaskSet masks) {
    shared = masks.subnets() <= MOST_SUBNETS;
    if (!shared) {
      return;
    }
    Arrays.fill(members, 0);
    for (int l = 0; l < masks.subnets(); l++) {
      masks.addMembers(l, l, members);
    }
  }

  /** Finds those of a sample. Different samples may be searched at the same time. */
  void find(int i) {
    if (!shared || reach[i] < 0.0) {
      return;
    }
    int end = (i + 1) * room;
    int to = i * room;
    for (int r = 0; r < width; r += PIECE) {
      int piece = Math.min(PIECE, width - r);
      if (to + piece + LaneKernels.BLOCK > end) {
        reach[i] = -1.0;
        return;
      }
      to =
          counted.narrow(
              r,
              piece,
              every,
              members,
              whole.z(),
              i * width,
              reach[i],
              -1,
              neurons,
              memberships,
              values,
              to);
    }
    count[i] = to - i * room;
  }

  /**
   * Writes the neurons of a subnet with |z_ir| up to {@code asked}, ascending, and their z.
   *
   * @param own the subnet's neurons as members 1, used if subnets do not share
   * @return how many there are
   */
  int of(int i, int subnet, double asked, int[] own, int[] toNeurons, int[] toMembers, A toValues) {
    next[subnet * n + i] = asked;
    if (shared && asked <= reach[i]) {
      int from = i * room;
      return counted.narrow(
          from,
          count[i],
          neurons,
          memberships,
          values,
          0,
          asked,
          1 << subnet,
          toNeurons,
          toMembers,
          toValues,
          0);
    }
    return counted.narrow(
        0,
        width,
        every,
        shared ? members : own,
        whole.z(),
        i * width,
        asked,
        shared ? 1 << subnet : 1,
        toNeurons,
        toMembers,
        toValues,
        0);
  }

  /** Ends a round: the next one will look somewhat farther than this one had to. */
  void end() {
    for (int i = 0; i < n; i++) {
      double farthest = -1.0;
      for (int at = i; at < next.length; at += n) {
        farthest = Math.max(farthest, next[at]);
      }
      reach[i] = FARTHER * farthest;
    }
  }
}
