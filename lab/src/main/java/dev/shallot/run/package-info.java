/**
 * Runs: the plan of one as a document, its folder, its events, its model file, and {@link
 * dev.shallot.run.Run}, which ties data, training and folder together.
 */
package dev.shallot.run;
