/**
 * Tangent kernels of the hidden layer: infinite, finite and masked, formed in memory or in a file,
 * or applied without forming them. {@link dev.shallot.kernel.TangentKernel} is where to begin;
 * matrices are {@code double[]}, row-major, outputs first.
 */
package dev.shallot.kernel;
