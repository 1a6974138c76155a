/** Searches over plans whose trials survive a kill. */
package dev.shallot.search;
