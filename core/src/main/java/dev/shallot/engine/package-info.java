/** Engines: who computes a round. All pass one contract test. */
package dev.shallot.engine;
