/**
 * Algorithm 1: the plan of a run, the round loop, what it reports. {@link
 * dev.shallot.training.MaskedTraining} is the place to start.
 */
package dev.shallot.training;
