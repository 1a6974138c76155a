/** A browser for tests of pages. */
package dev.shallot.browser;
