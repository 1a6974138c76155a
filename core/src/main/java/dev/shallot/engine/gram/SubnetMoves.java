package dev.shallot.engine.gram;

/**
 * What a subnet's local steps came to.
 *
 * @param sum S, the sum of the residuals that the steps started from, a number a sample
 * @param flips the activations that changed on the way
 */
record SubnetMoves(double[] sum, Flips flips) {}
