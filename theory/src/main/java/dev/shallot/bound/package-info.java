/**
 * What the papers prove, as values that can be checked: one class a statement, each with its
 * assumptions, its prediction and the reports that set the prediction beside a measurement.
 *
 * <p>Begin with {@link dev.shallot.bound.Statements}. Numbers are in the papers' units, whatever
 * units a plan has; {@link dev.shallot.bound.Setting} converts.
 */
package dev.shallot.bound;
