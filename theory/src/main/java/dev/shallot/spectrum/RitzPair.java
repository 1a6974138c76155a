package dev.shallot.spectrum;

/**
 * An approximate eigenpair. Whatever the method, and up to the rounding of one product with A, some
 * eigenvalue of A lies in [value - residual, value + residual]; that it is the smallest, the
 * largest or the k-th one is an estimate and not proven.
 *
 * @param value theta = v^T A v
 * @param residual ||A v - theta v||, two-norm
 * @param vector v, n numbers of norm 1, the caller's to keep
 */
public record RitzPair(double value, double residual, double[] vector) {}
