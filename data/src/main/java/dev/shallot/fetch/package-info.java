/** Data sets that the program knows by name, and can get from where they are published. */
package dev.shallot.fetch;
