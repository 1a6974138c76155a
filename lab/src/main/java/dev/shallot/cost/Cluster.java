package dev.shallot.cost;

import dev.shallot.run.RunException;

/**
 * The machines.
 *
 * @param workers p; each trains one subnet a round
 * @param flops floating-point operations a second of a worker in local steps
 * @param bandwidth bytes a second that a worker sends and, at the same time, receives
 * @param latency seconds that one synchronisation of all workers takes, however little is moved
 */
public record Cluster(double workers, double flops, double bandwidth, double latency) {
  public Cluster {
    if (!(workers >= 1 && flops > 0 && bandwidth > 0 && latency >= 0)) {
      throw new RunException(
          "there must be at least 1 worker, a rate and a bandwidth above 0 and a latency of at least 0, but there are %s, %s, %s and %s."
              .formatted(workers, flops, bandwidth, latency));
    }
  }
}
