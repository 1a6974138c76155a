/** Kernels on flat arrays: one public face, a vector and a scalar provider behind it. */
package dev.shallot.numeric;
