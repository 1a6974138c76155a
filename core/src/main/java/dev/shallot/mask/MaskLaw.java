package dev.shallot.mask;

import dev.shallot.TrainingException;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * How the masks of a round are drawn: a pure function of (seed, round, subnet, neuron). Rounds are
 * independent of one another.
 *
 * <p>Every word read is one of the sequence with key (seed, {@link RandomStream#MASKS}), see {@link
 * CounterRandom}.
 */
public sealed interface MaskLaw {

  /** Number of subnets p of a round. */
  int subnets();

  /** xi: the probability that a given subnet holds a given neuron. */
  double keepProbability();

  /**
   * Draws the masks of one round.
   *
   * @param seed the run's seed
   * @param round k, from 0
   * @param width m
   */
  MaskSet draw(long seed, long round, int width);

  /** theta: the probability that at least one subnet of a round holds a given neuron. */
  default double coverageProbability() {
    return 1.0;
  }

  /** Refuses a width that this law cannot cut. */
  default void checkWidth(int width) {
    if (width < 1) {
      throw new TrainingException("width must be at least 1, but is " + width);
    }
  }

  /** Every subnet holds every neuron: gradient descent, p times over. xi = 1. */
  record Full(int subnets) implements MaskLaw {
    public Full {
      checkSubnets(subnets);
    }

    @Override
    public double keepProbability() {
      return 1.0;
    }

    @Override
    public MaskSet draw(long seed, long round, int width) {
      MaskSet.Builder masks = MaskSet.builder(subnets, width);
      for (int l = 0; l < subnets; l++) {
        for (int r = 0; r < width; r++) {
          masks.hold(l, r);
        }
      }
      return masks.build();
    }
  }

  /**
   * All p*m bits are independent and 1 with probability xi: subnet l holds neuron r when the
   * uniform number at index r, of the sequence for (subnet l, round k), is below xi.
   */
  record Bernoulli(int subnets, double keepProbability) implements MaskLaw {
    public Bernoulli {
      checkSubnets(subnets);
      if (!(keepProbability > 0.0 && keepProbability <= 1.0)) {
        throw new TrainingException(
            "keep probability xi must be above 0 and at most 1, but is " + keepProbability);
      }
    }

    /** theta = 1 - (1 - xi)^p. */
    @Override
    public double coverageProbability() {
      return 1.0 - StrictMath.pow(1.0 - keepProbability, subnets);
    }

    @Override
    public MaskSet draw(long seed, long round, int width) {
      MaskSet.Builder masks = MaskSet.builder(subnets, width);
      for (int l = 0; l < subnets; l++) {
        CounterRandom random = new CounterRandom(seed, RandomStream.MASKS, l, round);
        for (int r = 0; r < width; r += Long.SIZE) {
          masks.hold(l, r, random.bitsBelow(keepProbability, r));
        }
      }
      return masks.build();
    }
  }

  /**
   * Each neuron has one owner, drawn uniformly and independently; sizes are multinomial. xi = 1/p.
   * The owner of neuron r is {@code floor(p * u)} with u the uniform number at index r of the
   * sequence for (subnet 0, round k).
   */
  record Categorical(int subnets) implements MaskLaw {
    public Categorical {
      checkSubnets(subnets);
    }

    @Override
    public double keepProbability() {
      return 1.0 / subnets;
    }

    @Override
    public MaskSet draw(long seed, long round, int width) {
      MaskSet.Builder masks = MaskSet.builder(subnets, width);
      CounterRandom random = new CounterRandom(seed, RandomStream.MASKS, 0, round);
      for (int r = 0; r < width; r++) {
        masks.hold(random.below(subnets, r), r);
      }
      return masks.build();
    }
  }

  /**
   * A random permutation of the neurons cut into p equal blocks, as Independent Subnet Training
   * does it. xi = 1/p. The permutation is {@link CounterRandom#permutation} of the sequence for
   * (subnet 0, round k); its first m/p neurons go to subnet 0, the next to subnet 1, and so on.
   */
  record EqualPartition(int subnets) implements MaskLaw {
    public EqualPartition {
      checkSubnets(subnets);
    }

    @Override
    public double keepProbability() {
      return 1.0 / subnets;
    }

    @Override
    public void checkWidth(int width) {
      MaskLaw.super.checkWidth(width);
      if (width % subnets != 0) {
        int below = Math.max(subnets, width / subnets * subnets);
        throw new TrainingException(
            "an equal partition needs a width that its number of subnets divides, but width "
                + width
                + " is no multiple of "
                + subnets
                + "; the nearest are "
                + below
                + " and "
                + (below + subnets)
                + ", or use categorical masks");
      }
    }

    @Override
    public MaskSet draw(long seed, long round, int width) {
      checkWidth(width);
      MaskSet.Builder masks = MaskSet.builder(subnets, width);
      int[] order = new CounterRandom(seed, RandomStream.MASKS, 0, round).permutation(width);
      int size = width / subnets;
      for (int i = 0; i < width; i++) {
        masks.hold(i / size, order[i]);
      }
      return masks.build();
    }
  }

  private static void checkSubnets(int subnets) {
    if (subnets < 1) {
      throw new TrainingException("a round needs at least 1 subnet, but has " + subnets);
    }
  }
}
