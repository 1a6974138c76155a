package dev.shallot.cost;

import dev.shallot.run.RunException;

/**
 * The machines.
 *
 * @param workers p; each trains one subnet a round
 * @param flops floating-point operations a second of a worker in local steps
 * @param bandwidth bytes a second that a worker receives or sends
 * @param latency L0, seconds that a synchronisation takes, however little is moved
 * @param latencyPerWorker l, seconds that it takes longer for each worker
 */
public record Cluster(
    double workers, double flops, double bandwidth, double latency, double latencyPerWorker) {
  public Cluster {
    if (!(workers >= 1 && flops > 0 && bandwidth > 0 && latency >= 0 && latencyPerWorker >= 0)) {
      throw new RunException(
          "there must be at least 1 worker, a rate and a bandwidth above 0 and latencies of at least 0, but there are %s, %s, %s, %s and %s."
              .formatted(workers, flops, bandwidth, latency, latencyPerWorker));
    }
  }

  /** L(p) = L0 + l p. */
  double synchronisation() {
    return latency + latencyPerWorker * workers;
  }
}
