package dev.shallot.engine.dense;

/**
 * Those of a part's rows that a subnet holds, on their way from one to the other.
 *
 * @param from the part that sends them to the subnet, or the subnet that sends them back
 * @param rows see {@link PartWork#select} and {@link PartWork#train}
 * @param <A> array type
 */
public record PartRows<A>(int from, A rows) {}
