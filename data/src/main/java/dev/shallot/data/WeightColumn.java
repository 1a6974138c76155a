package dev.shallot.data;

/**
 * The column of the training table that said what each row counts.
 *
 * @param name in the training table
 * @param position in the training table, from 1
 */
public record WeightColumn(String name, int position) {}
