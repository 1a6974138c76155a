/**
 * Simpler ways to the same end, computed beside a run. Begin with {@link
 * dev.shallot.baseline.Baselines}.
 */
package dev.shallot.baseline;
