/** Our engines beside rivals that compute the same rounds of Algorithm 1. */
package dev.shallot.bench.training;
