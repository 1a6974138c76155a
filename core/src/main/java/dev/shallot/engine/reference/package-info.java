/** The paper, line by line. */
package dev.shallot.engine.reference;
