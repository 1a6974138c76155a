/**
 * Counter-based randomness: every random number of a run is a pure function of (seed, stream,
 * subnet, round, index), so that any of them can be regenerated alone, in any order, on any
 * machine, and in NumPy.
 */
package dev.shallot.random;
