package dev.shallot.engine;

/**
 * The whole network at one moment.
 *
 * @param error ||Y - u||^2, without the 1/2; u is the monitored output
 * @param displacement max over r of ||w_r - w_{0,r}||
 * @param flips pairs (neuron, sample) whose activation 1{&lt;w_r, x_i&gt; &gt;= 0} differs from its
 *     value at initialisation, of m*n
 * @param dead neurons that are active on no sample; 0 for smooth activations, which always let
 *     something through
 */
public record Measurement(double error, double displacement, long flips, int dead) {}
