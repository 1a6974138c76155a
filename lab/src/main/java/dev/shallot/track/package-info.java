/**
 * Diagnostics along a run: what the theory speaks of, measured at the start of rounds. {@link
 * dev.shallot.track.Tracker} is a listener; training does not know it.
 */
package dev.shallot.track;
