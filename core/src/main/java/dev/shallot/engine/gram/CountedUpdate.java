package dev.shallot.engine.gram;

import dev.shallot.engine.Team;
import dev.shallot.mask.MaskSet;
import dev.shallot.numeric.CountedKernels;
import dev.shallot.numeric.Kernels;
import dev.shallot.numeric.LaneKernels;
import dev.shallot.plan.Aggregation;
import dev.shallot.plan.TrainingPlan;
import java.util.Arrays;

/**
 * The weights move once a round. Subnet l adds {@code g a_r A_ri S_i^l} to coefficient i of each
 * neuron r that it holds, and its flips add to or take from that; the mean over the subnets is the
 * change B of the coefficients, and K B that of the pre-activations. One product for all subnets
 * and all local steps, 64 neurons at a time.
 *
 * @param <A> array type
 */
final class CountedUpdate<A> {
  private static final int BLOCK = LaneKernels.BLOCK;

  /** Blocks that are moved together, so that K passes through the caches once for all. */
  private static final int TOGETHER = 4;

  private final SampleSpace<A> space;
  private final RoundView<A> view;
  private final TrainingPlan plan;
  private final Kernels<A> kernels;
  private final LaneKernels<A> lanes;
  private final CountedKernels<A> counted;
  private final int n;
  private final int p;
  private final double g;
  private final A sums;
  private final A[] shares;
  private final A[] blockFactors;
  private final A[] changes;
  private final A[] moves;
  private final double[] shareScratch;
  private final A[] scratches;
  private final double[] factors;
  private final int[] firstFlip;
  private final int[] flipsOfBlock;
  private final int[] next;
  private int[] positions = new int[0];
  private double[] values = new double[0];

  CountedUpdate(SampleSpace<A> space, RoundView<A> view, int workers) {
    this.space = space;
    this.view = view;
    this.plan = space.setup().plan();
    this.kernels = space.kernels();
    this.lanes = space.lanes();
    this.counted = space.counted();
    this.n = view.whole().samples();
    this.p = plan.masks().subnets();
    this.g = -space.setup().steps().hidden() * space.setup().subnetScale();
    this.sums = kernels.allocate(space.rows() * p);
    this.shares = arrays(workers);
    this.blockFactors = arrays(workers);
    this.changes = arrays(workers);
    this.moves = arrays(workers);
    this.scratches = arrays(workers);
    this.shareScratch = new double[workers * BLOCK];
    for (int worker = 0; worker < workers; worker++) {
      shares[worker] = kernels.allocate(p * BLOCK);
      blockFactors[worker] = kernels.allocate(BLOCK);
      scratches[worker] = kernels.allocate(BLOCK);
      changes[worker] = kernels.allocate(TOGETHER * space.rows() * BLOCK);
      moves[worker] = kernels.allocate(TOGETHER * space.rows() * BLOCK);
    }
    this.factors = new double[view.stride()];
    this.next = new int[view.stride() / BLOCK + 1];
    this.firstFlip = new int[workers * n * BLOCK];
    this.flipsOfBlock = new int[view.stride() / BLOCK + 1];
  }

  @SuppressWarnings("unchecked")
  private static <A> A[] arrays(int count) {
    return (A[]) new Object[count];
  }

  /**
   * Moves the network.
   *
   * @param squares ||w_r - w_{0,r}||^2 of each neuron, brought up to date
   */
  void apply(MaskSet masks, SubnetMoves[] subnets, double[] squares, Team team) {
    double[] row = new double[p];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < p; l++) {
        row[l] = subnets[l].sum()[i];
      }
      kernels.load(row, 0, sums, i * p, p);
    }
    findFactors(masks);
    sortFlips(subnets);
    int blocks = view.stride() / BLOCK;
    team.run(
        (blocks + TOGETHER - 1) / TOGETHER,
        (group, worker) ->
            move(
                group * TOGETHER,
                Math.min(blocks, (group + 1) * TOGETHER),
                worker,
                masks,
                squares));
  }

  /** What a subnet's step adds to a neuron's coefficients, per unit of residual. */
  private void findFactors(MaskSet masks) {
    boolean bySubnets = plan.aggregation() == Aggregation.SUBNET_MEAN;
    for (int r = 0; r < masks.width(); r++) {
      int divisor = bySubnets ? p : Math.max(1, masks.coverage(r));
      factors[r] = g * view.signs()[r] / divisor;
    }
  }

  /** Deals the subnets' flips out to the blocks, in the order of subnets and time. */
  private void sortFlips(SubnetMoves[] subnets) {
    Arrays.fill(flipsOfBlock, 0);
    int total = 0;
    for (SubnetMoves subnet : subnets) {
      Flips flips = subnet.flips();
      for (int flip = 0; flip < flips.count(); flip++) {
        flipsOfBlock[flips.neuron(flip) / BLOCK + 1]++;
      }
      total += flips.count();
    }
    for (int block = 1; block < flipsOfBlock.length; block++) {
      flipsOfBlock[block] += flipsOfBlock[block - 1];
    }
    if (positions.length < total) {
      positions = new int[2 * total];
      values = new double[2 * total];
    }
    System.arraycopy(flipsOfBlock, 0, next, 0, next.length);
    for (SubnetMoves subnet : subnets) {
      Flips flips = subnet.flips();
      for (int flip = 0; flip < flips.count(); flip++) {
        int r = flips.neuron(flip);
        int i = flips.sample(flip);
        int to = next[r / BLOCK]++;
        positions[to] = i * BLOCK + r % BLOCK;
        values[to] = flips.contribution(flip, subnet.sum()[i]);
      }
    }
  }

  /** Moves the blocks from {@code first} up to {@code end}. */
  private void move(int first, int end, int worker, MaskSet masks, double[] squares) {
    A change = changes[worker];
    A move = moves[worker];
    int area = space.rows() * BLOCK;
    kernels.clear(change, 0, (end - first) * area);
    kernels.clear(move, 0, (end - first) * area);
    for (int block = first; block < end; block++) {
      findChange(block, worker, masks, change, (block - first) * area);
    }
    lanes.multiplyAdd(
        space.rows(), n, space.k(), space.stride(), end - first, change, 0, area, move, 0, area);
    GramState<A> whole = view.whole();
    for (int block = first; block < end; block++) {
      int at = (block - first) * area;
      int r = block * BLOCK;
      counted.absorb(
          n,
          change,
          move,
          at,
          whole.beta(),
          whole.z(),
          r,
          whole.stride(),
          squares,
          r,
          scratches[worker]);
    }
  }

  /** B of a block: its coefficients' change. */
  private void findChange(int block, int worker, MaskSet masks, A change, int at) {
    A share = shares[worker];
    A factor = blockFactors[worker];
    int scratch = worker * BLOCK;
    int first = block * BLOCK;
    int last = Math.min(first + BLOCK, masks.width());
    for (int l = 0; l < p; l++) {
      Arrays.fill(shareScratch, scratch, scratch + BLOCK, 0.0);
      for (int r = first; r < last; r++) {
        shareScratch[scratch + r - first] = masks.holds(l, r) ? 1.0 : 0.0;
      }
      kernels.load(shareScratch, scratch, share, l * BLOCK, BLOCK);
    }
    kernels.load(factors, first, factor, 0, BLOCK);
    lanes.multiplyAdd(space.rows(), p, sums, p, share, 0, change, at);
    counted.gate(n, view.active(), block, view.words(), factor, change, at);
    mergeFlips(block, worker);
    counted.addEach(flipsOfBlock[block], flipsOfBlock[block + 1], positions, values, change, at);
  }

  /**
   * Adds what several subnets say of one coefficient, and only then takes the mean, as for the
   * sums: so the mean of equal subnets is what each of them says, bit for bit.
   */
  private void mergeFlips(int block, int worker) {
    int from = flipsOfBlock[block];
    int end = flipsOfBlock[block + 1];
    int slots = worker * n * BLOCK;
    for (int flip = from; flip < end; flip++) {
      int slot = slots + positions[flip];
      if (firstFlip[slot] == 0) {
        firstFlip[slot] = flip + 1;
      } else {
        values[firstFlip[slot] - 1] += values[flip];
        values[flip] = 0.0;
      }
    }
    for (int flip = from; flip < end; flip++) {
      values[flip] *= factors[block * BLOCK + positions[flip] % BLOCK];
      firstFlip[slots + positions[flip]] = 0;
    }
  }
}
