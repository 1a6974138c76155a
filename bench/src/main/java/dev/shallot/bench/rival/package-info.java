/**
 * Ways of learning that users have beside this one: ridge and logistic regression, boosted trees.
 */
package dev.shallot.bench.rival;
