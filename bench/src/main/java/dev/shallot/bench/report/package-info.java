/** From raw results to the page and its pictures. */
package dev.shallot.bench.report;
