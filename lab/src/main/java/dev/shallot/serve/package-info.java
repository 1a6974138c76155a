/**
 * A page on the loopback interface that shows run folders while they grow, see {@link
 * dev.shallot.serve.PageServer}. It only ever reads.
 */
package dev.shallot.serve;
