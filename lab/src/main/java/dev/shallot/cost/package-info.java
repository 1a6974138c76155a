/** What a round costs on many machines: arithmetic, bytes and waiting, method beside method. */
package dev.shallot.cost;
