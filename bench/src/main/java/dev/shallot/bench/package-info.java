/** The benchmarks: one command, raw results, a page with pictures. */
package dev.shallot.bench;
