package dev.shallot.engine.dense;

import java.util.List;

/**
 * What a subnet's local steps gave.
 *
 * @param rows for each part, in order, the rows of its neurons that the subnet held
 * @param stepErrors tau numbers, see {@link dev.shallot.engine.RoundReport#stepErrors}
 * @param subnetErrors tau+1 numbers, or none, see {@link
 *     dev.shallot.engine.RoundReport#subnetErrors}
 * @param <A> array type
 */
public record TrainedSubnet<A>(List<A> rows, double[] stepErrors, double[] subnetErrors) {}
