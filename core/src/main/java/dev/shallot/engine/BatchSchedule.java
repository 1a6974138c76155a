package dev.shallot.engine;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;

/**
 * Which samples a minibatch step sees. Each subnet walks through all samples in epochs: its local
 * steps are numbered s = k*tau + t over the whole run, an epoch is {@code floor(n/B)} steps, and
 * step s takes samples {@code (s mod floor(n/B)) * B ...} of the epoch's random order; the n mod B
 * samples at the end of an order are left out of that epoch.
 *
 * <p>With data shards a subnet's samples are its own, and n is their number wherever it stands
 * above: floor(n/p) of them, those at places l floor(n/p) .. (l+1) floor(n/p) - 1 of {@link
 * CounterRandom#permutation} of the sequence (seed, {@link RandomStream#SHARDS}), in ascending
 * order. A step that sees all of them sees them in that order.
 *
 * <p>The order of epoch e for subnet l is {@link CounterRandom#permutation} of the sequence (seed,
 * {@link RandomStream#BATCHES}, subnet l, "round" e). It is kept per subnet until the next epoch.
 * Any thread may ask for any subnet.
 */
public final class BatchSchedule {
  private final long seed;
  private final int samples;
  private final int[] shards;
  private final int batch;
  private final int localSteps;
  private final Order[] orders;

  /** Of one epoch; never changed, so that threads may hand it to one another without a lock. */
  private record Order(long epoch, int[] samples) {}

  /**
   * The schedule of a run.
   *
   * @param seed the run's seed
   * @param samples n
   * @param batch B, at most n
   * @param localSteps tau
   * @param subnets p
   */
  public BatchSchedule(long seed, int samples, int batch, int localSteps, int subnets) {
    this(seed, samples, batch, localSteps, subnets, false);
  }

  /**
   * The same.
   *
   * @param sharded whether each subnet has samples of its own; B is at most floor(n/p) then
   */
  public BatchSchedule(
      long seed, int samples, int batch, int localSteps, int subnets, boolean sharded) {
    this.seed = seed;
    this.samples = sharded ? samples / subnets : samples;
    this.shards = sharded ? shards(seed, samples, subnets) : new int[0];
    this.batch = batch;
    this.localSteps = localSteps;
    this.orders = new Order[subnets];
    java.util.Arrays.fill(orders, new Order(-1, new int[0]));
  }

  private static int[] shards(long seed, int samples, int subnets) {
    int[] shards = new CounterRandom(seed, RandomStream.SHARDS).permutation(samples);
    int size = samples / subnets;
    for (int l = 0; l < subnets; l++) {
      java.util.Arrays.sort(shards, l * size, (l + 1) * size);
    }
    return shards;
  }

  /** B. */
  public int batch() {
    return batch;
  }

  /**
   * Writes the samples of one local step.
   *
   * @param round k
   * @param subnet l
   * @param localStep t, from 0
   * @param into receives B sample numbers
   */
  public void fill(long round, int subnet, int localStep, int[] into) {
    if (shards.length > 0 && batch == samples) {
      System.arraycopy(shards, subnet * samples, into, 0, batch);
      return;
    }
    long step = round * localSteps + localStep;
    int stepsPerEpoch = samples / batch;
    long epoch = step / stepsPerEpoch;
    Order order = orders[subnet];
    if (order.epoch != epoch) {
      CounterRandom random = new CounterRandom(seed, RandomStream.BATCHES, subnet, epoch);
      order = new Order(epoch, random.permutation(samples));
      orders[subnet] = order;
    }
    System.arraycopy(order.samples, (int) (step % stepsPerEpoch) * batch, into, 0, batch);
    for (int i = 0; i < batch && shards.length > 0; i++) {
      into[i] = shards[subnet * samples + into[i]];
    }
  }
}
