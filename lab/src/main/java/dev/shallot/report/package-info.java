/**
 * Pictures of a run. {@link dev.shallot.report.RunReport} makes one HTML file of a run folder,
 * {@link dev.shallot.report.TraceSvg} a static picture of its first rounds.
 */
package dev.shallot.report;
