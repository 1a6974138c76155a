package dev.shallot.engine.dense;

/**
 * Those of a part's rows that a subnet holds.
 *
 * @param part which part
 * @param rows see {@link PartWork#select}
 * @param <A> array type
 */
public record PartRows<A>(int part, A rows) {}
