/** What all packages of the core share: its one exception type. */
package dev.shallot;
