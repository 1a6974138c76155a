package dev.shallot.engine.dense;

import dev.shallot.engine.EngineSetup;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.Team;
import dev.shallot.numeric.Kernels;

/**
 * Measures the whole network, or a run of its neurons that is a node of {@link Blocks#addUpTree},
 * against the samples and against its own start.
 *
 * @param <A> array type
 */
final class WholeNetwork<A> {
  private final EngineSetup setup;
  private final Kernels<A> kernels;
  private final Batch<A> all;
  private final Neurons<A> initial;
  private final long[] initialActive;
  private final int width;
  private final int words;
  private final A z;
  private final A partial;
  private final A sums;
  private final A residual;
  private final Residual<A> loss;
  private final long[][] active;
  private final long[] flips;
  private final int[] dead;
  private final double[] moved;
  private final boolean smooth;
  private final SmoothRows<A> activation;
  private final A values;

  /** Of neurons that begin with these, with the activations that they begin with. */
  WholeNetwork(
      EngineSetup setup,
      Kernels<A> kernels,
      Batch<A> all,
      Neurons<A> initial,
      int width,
      Team team) {
    this(setup, kernels, all, initial, new long[activeWords(width, all)], width, team);
    Blocks.forEach(
        team,
        width,
        (block, worker) -> {
          preActivations(initial, block, worker);
          activations(block, worker, initialActive, block * Blocks.SIZE * words);
        });
  }

  /** The same, where it is known which neuron was active on which sample. */
  WholeNetwork(
      EngineSetup setup,
      Kernels<A> kernels,
      Batch<A> all,
      Neurons<A> initial,
      long[] initialActive,
      int width,
      Team team) {
    this.setup = setup;
    this.kernels = kernels;
    this.all = all;
    this.initial = initial;
    this.width = width;
    this.initialActive = initialActive;
    int blocks = Blocks.count(width);
    int size = setup.data().outputs() * all.stride();
    this.words = (all.size() + 63) >>> 6;
    this.z = kernels.allocate(z(team.workers()));
    this.partial = kernels.allocate(Math.multiplyExact(blocks, size));
    this.sums = kernels.allocate(size);
    this.residual = kernels.allocate(size);
    this.loss = new Residual<>(kernels, setup.plan().loss(), setup.data());
    this.active = new long[team.workers()][Blocks.SIZE * words];
    this.flips = new long[blocks];
    this.dead = new int[blocks];
    this.moved = new double[blocks];
    this.smooth = setup.plan().activation().smooth();
    this.activation =
        new SmoothRows<>(kernels, setup.plan().activation(), smooth ? team.workers() : 0);
    this.values = kernels.allocate(smooth ? z(team.workers()) : 0);
  }

  private static int activeWords(int width, Batch<?> all) {
    return Math.multiplyExact(Blocks.count(width) * Blocks.SIZE, (all.size() + 63) >>> 6);
  }

  /** Which neuron was active on which sample at the start, ceil(n/64) words a neuron. */
  long[] initialActive() {
    return initialActive;
  }

  private int z(int workers) {
    return Math.multiplyExact(workers * Blocks.SIZE, all.stride());
  }

  /** The monitored output u, its error, and how far the network is from its start. */
  Measurement measure(Neurons<A> neurons, Team team) {
    PartMeasurement<A> measured = measurePart(neurons, team);
    return measured.whole(loss.of(setup.wholeScale(), measured.sums(), all, residual));
  }

  /** What these neurons add to the monitored output; the sums are good until the next call. */
  PartMeasurement<A> measurePart(Neurons<A> neurons, Team team) {
    int outputs = neurons.outputs();
    int size = outputs * all.stride();
    Blocks.forEach(
        team,
        width,
        (block, worker) -> {
          int first = block * Blocks.SIZE;
          preActivations(neurons, block, worker);
          activations(block, worker, active[worker], 0);
          int at = worker * Blocks.SIZE * all.stride();
          int rows = Blocks.rows(block, width);
          if (smooth) {
            int held = Math.min(Blocks.SIZE, width - first);
            activation.bend(held, rows, all.size(), all.stride(), z, at, values, at, worker);
          }
          kernels.sumOverRows(
              rows,
              all.stride(),
              outputs,
              smooth ? values : z,
              at,
              neurons.output(),
              first * outputs,
              partial,
              block * size,
              !smooth);
          compare(neurons, block, active[worker]);
        });
    Blocks.addUpTree(kernels, Blocks.count(width), partial, size, sums);
    long allFlips = 0;
    long allDead = 0;
    double farthest = 0.0;
    for (int block = 0; block < Blocks.count(width); block++) {
      allFlips += flips[block];
      allDead += dead[block];
      farthest = Math.max(farthest, moved[block]);
    }
    return new PartMeasurement<>(sums, allFlips, allDead, farthest);
  }

  private void preActivations(Neurons<A> neurons, int block, int worker) {
    kernels.multiply(
        Blocks.rows(block, width),
        setup.data().features(),
        all.size(),
        neurons.hidden(),
        block * Blocks.SIZE * neurons.stride(),
        neurons.stride(),
        all.forward(),
        z,
        worker * Blocks.SIZE * all.stride(),
        all.stride());
  }

  private void activations(int block, int worker, long[] bits, int offset) {
    kernels.activations(
        Blocks.rows(block, width),
        all.size(),
        all.stride(),
        z,
        worker * Blocks.SIZE * all.stride(),
        setup.plan().aggregation().activeAtZero(),
        bits,
        offset);
  }

  /** Flips, dead neurons and the farthest neuron of a block, padding rows left out. */
  private void compare(Neurons<A> neurons, int block, long[] bits) {
    int first = block * Blocks.SIZE;
    int rows = Math.min(Blocks.SIZE, width - first);
    long blockFlips = 0;
    int blockDead = 0;
    double blockMoved = 0.0;
    for (int r = 0; r < rows; r++) {
      long any = 0;
      for (int w = 0; w < words; w++) {
        long now = bits[r * words + w];
        any |= now;
        blockFlips += Long.bitCount(now ^ initialActive[(first + r) * words + w]);
      }
      blockDead += any == 0 && !smooth ? 1 : 0;
      double distance =
          kernels.squaredDistance(
              neurons.stride(),
              neurons.hidden(),
              (first + r) * neurons.stride(),
              initial.hidden(),
              (first + r) * neurons.stride());
      blockMoved = Math.max(blockMoved, distance);
    }
    flips[block] = blockFlips;
    dead[block] = blockDead;
    moved[block] = blockMoved;
  }
}
