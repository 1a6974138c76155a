package dev.shallot.engine.dense;

import java.io.Serializable;

/**
 * Where the neurons of a part began, for measuring how far they came.
 *
 * @param part at initialisation
 * @param active which neuron was active on which sample, ceil(n/64) words a neuron
 * @param <A> array type
 */
public record PartStart<A>(NetworkPart<A> part, long[] active) implements Serializable {}
