/**
 * Grids of runs: what to run ({@link dev.shallot.sweep.SweepSpec}), running it so that a kill loses
 * nothing that is finished ({@link dev.shallot.sweep.Sweep}), what came of it ({@link
 * dev.shallot.sweep.CellResult}), and means over seeds ({@link dev.shallot.sweep.Summary}).
 */
package dev.shallot.sweep;
