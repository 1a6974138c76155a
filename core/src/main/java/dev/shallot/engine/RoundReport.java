package dev.shallot.engine;

import java.util.Optional;

/**
 * What an engine says about a round. Errors are squared norms without the 1/2.
 *
 * @param subnets p
 * @param localSteps tau
 * @param stepErrors p x tau: the error that local step t of subnet l started from, on the samples
 *     of that step, times n/B. Always there; with full batches it is ||Y - uhat_{k,t}^l||^2, t = 0
 *     .. tau-1
 * @param subnetErrors p x (tau+1): ||Y - uhat_{k,t}^l||^2 over all samples, t = 0 .. tau; empty if
 *     not asked for
 * @param whole the network after aggregation; empty if not asked for
 */
public record RoundReport(
    int subnets,
    int localSteps,
    double[] stepErrors,
    double[] subnetErrors,
    Optional<Measurement> whole) {}
