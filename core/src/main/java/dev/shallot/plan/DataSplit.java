package dev.shallot.plan;

/** Which samples a subnet learns from. */
public enum DataSplit {
  /** All of them, as in the paper. */
  FULL,
  /**
   * Its own: the samples are dealt out at random, once, floor(n/p) to each subnet, and subnet l of
   * every round learns from the l-th share alone, as workers of Independent Subnet Training do that
   * hold a share of the data. Its loss counts n / floor(n/p) times, so that its gradient is right
   * on average. The n mod p samples that are left are not learned from.
   */
  SHARD
}
