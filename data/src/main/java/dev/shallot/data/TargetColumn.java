package dev.shallot.data;

/**
 * A column that is predicted.
 *
 * @param name in the training table
 * @param position in the training table, from 1
 */
public record TargetColumn(String name, int position) {}
