/** What this machine can do at most, and matrix products beside the best there are. */
package dev.shallot.bench.machine;
