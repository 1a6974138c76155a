/** What we found wrong in the published text, each entry with a computation that shows it. */
package dev.shallot.errata;
