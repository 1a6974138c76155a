/** The single-hidden-layer network: its weights, activation, scalings and initialisations. */
package dev.shallot.network;
