/** The command line: one class per command; the work itself is in the modules below. */
package dev.shallot.cli;
