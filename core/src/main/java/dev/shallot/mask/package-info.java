/** Which subnet of a round holds which neuron: mask laws, and the masks they draw. */
package dev.shallot.mask;
