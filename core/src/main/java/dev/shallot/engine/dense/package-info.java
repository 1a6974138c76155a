/** Weight space, vectorised and multi-threaded: only held neurons are computed. */
package dev.shallot.engine.dense;
