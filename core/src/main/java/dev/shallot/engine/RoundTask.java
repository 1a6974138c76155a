package dev.shallot.engine;

import dev.shallot.mask.MaskSet;

/**
 * What an engine is asked to do in a round.
 *
 * @param round k
 * @param masks which subnet holds which neuron
 * @param subnetErrors whether to measure each subnet's error on all samples after sampling and
 *     after every local step
 * @param measure whether to measure the whole network after aggregation
 */
public record RoundTask(long round, MaskSet masks, boolean subnetErrors, boolean measure) {}
