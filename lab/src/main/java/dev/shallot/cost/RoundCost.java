package dev.shallot.cost;

/**
 * What a round of tau local steps costs, no part of it hidden behind another.
 *
 * @param method of training
 * @param held neurons that a worker holds
 * @param computeSeconds {@code tau flops(h, b) / rate}
 * @param bytes that a worker receives and sends a round, {@code exchanges 2 h row}
 * @param transferSeconds {@code bytes / bandwidth}
 * @param latencySeconds {@code exchanges L(p)}
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
    double held = method.held(work, cluster.workers());
    double bytes = method.exchanges(work) * 2 * held * work.rowBytes();
    return new RoundCost(
        method,
        held,
        work.localSteps() * work.stepFlops(held, work.samples()) / cluster.flops(),
        bytes,
        bytes / cluster.bandwidth(),
        method.exchanges(work) * cluster.synchronisation());
  }

  /** All of it. */
  public double seconds() {
    return computeSeconds + transferSeconds + latencySeconds;
  }

  /** D, what can be divided: the computing and the moving of a round of the whole network. */
  private static double divided(Work work, Cluster cluster) {
    RoundCost whole = of(new Method.LocalSgd(), work, cluster);
    return whole.computeSeconds() + whole.transferSeconds();
  }

  /**
   * The number of workers with which a round of independent subnets is quickest, {@code sqrt(D/l)}:
   * one more adds as much latency as it takes off the rest. Infinite where l is 0.
   */
  public static double quickestWorkers(Work work, Cluster cluster) {
    return Math.sqrt(divided(work, cluster) / cluster.latencyPerWorker());
  }

  /**
   * The number of workers from which on a round of independent subnets is waiting for the most
   * part: {@code D/p = L(p)}. Infinite where nothing is waited for.
   */
  public static double waitingWorkers(Work work, Cluster cluster) {
    double divided = divided(work, cluster);
    double fixed = cluster.latency();
    double each = cluster.latencyPerWorker();
    return each > 0
        ? (Math.sqrt(fixed * fixed + 4 * each * divided) - fixed) / (2 * each)
        : divided / fixed;
  }
}
