/** SQL over runs and sweeps: {@link dev.shallot.query.ResultStore} is the place to start. */
package dev.shallot.query;
