/**
 * Training a plan again, for some seeds, to see whether what the theorems conclude holds: {@link
 * dev.shallot.trial.Trial} makes the evidence that {@code dev.shallot.bound} judges.
 */
package dev.shallot.trial;
