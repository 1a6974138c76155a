/** Tangent kernels: infinite, finite and masked, formed or applied without forming them. */
package dev.shallot.kernel;
