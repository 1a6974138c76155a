/**
 * Sample space: a gradient step moves a neuron only along the data, so what a step needs of a
 * neuron is its n pre-activations, not its d weights.
 */
package dev.shallot.engine.gram;
