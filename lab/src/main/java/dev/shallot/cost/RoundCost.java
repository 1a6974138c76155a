package dev.shallot.cost;

/**
 * What a round of tau local steps costs, no part of it hidden behind another.
 *
 * @param method of training
 * @param held neurons that a worker holds
 * @param computeSeconds {@code tau flops(h, b) / rate}
 * @param bytes that a worker sends a round, and receives as many
 * @param transferSeconds {@code bytes / bandwidth}
 * @param latencySeconds {@code exchanges x latency}
 */
public record RoundCost(
    Method method,
    double held,
    double computeSeconds,
    double bytes,
    double transferSeconds,
    double latencySeconds) {

  /** The cost of a method's round. */
  public static RoundCost of(Method method, Work work, Cluster cluster) {
    double p = cluster.workers();
    double held = method.held(work, p);
    double bytes = method.exchanges(work) * method.exchangeBytes(work, p);
    return new RoundCost(
        method,
        held,
        work.localSteps() * work.stepFlops(held, work.samples()) / cluster.flops(),
        bytes,
        bytes / cluster.bandwidth(),
        p > 1 ? method.exchanges(work) * cluster.latency() : 0);
  }

  /** All of it. */
  public double seconds() {
    return computeSeconds + transferSeconds + latencySeconds;
  }

  /** Bytes of trained weights that a worker needs room for, its part of the network included. */
  public double workerBytes(Work work, Cluster cluster) {
    return (held + work.width() / cluster.workers()) * work.rowBytes();
  }

  /**
   * The number of workers from which on more of them make a round of independent subnets faster by
   * less than half: there the latency equals everything that can be divided. {@code p* = (tau
   * flops(m, b)/rate + 2 m row/bandwidth) / latency}.
   */
  public static double worthwhileWorkers(Work work, Cluster cluster) {
    double divided =
        work.localSteps() * work.stepFlops(work.width(), work.samples()) / cluster.flops()
            + 2 * work.modelBytes() / cluster.bandwidth();
    return divided / cluster.latency();
  }
}
