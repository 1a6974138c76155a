package dev.shallot.engine.dense;

import java.io.Serializable;

/**
 * A run of neurons of a network, by themselves: what lives in one place of a cluster. Made and
 * worked on by {@link PartWork}; never changed. The rows are not padded, so that they mean the same
 * on machines with vectors of different widths.
 *
 * @param first the first neuron, a multiple of the neurons of a part
 * @param count how many; of every part but the last, {@code 64 * 2^k}
 * @param hidden count x features
 * @param output count x outputs
 * @param hiddenVelocity as hidden with momentum, else empty
 * @param outputVelocity as output with momentum, else empty
 * @param <A> array type
 */
public record NetworkPart<A>(
    int first, int count, A hidden, A output, A hiddenVelocity, A outputVelocity)
    implements Serializable {}
