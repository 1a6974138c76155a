/** Eigenvalues of symmetric matrices, all of them or the extreme ones with a certificate. */
package dev.shallot.spectrum;
