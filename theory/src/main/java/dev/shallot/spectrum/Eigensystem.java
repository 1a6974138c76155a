package dev.shallot.spectrum;

/**
 * All eigenvalues of a symmetric matrix with their vectors.
 *
 * @param values n eigenvalues, ascending
 * @param vectors n x n, row-major: row k is the vector of {@code values[k]}, of norm 1
 */
public record Eigensystem(double[] values, double[] vectors) {}
