/** The single-hidden-layer ReLU network: its weights, scalings and initialisations. */
package dev.shallot.network;
