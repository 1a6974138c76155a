package dev.shallot.spark;

import java.io.Serializable;

/**
 * What a subnet says of its local steps.
 *
 * @param subnet l
 * @param steps see {@link dev.shallot.engine.RoundReport#stepErrors}
 * @param all see {@link dev.shallot.engine.RoundReport#subnetErrors}
 */
record SubnetErrors(int subnet, double[] steps, double[] all) implements Serializable {}
