/**
 * The papers' figures by one command: each is a folder of resources (setup, config, expected) and a
 * {@link dev.shallot.reproduce.Figure} that says what to measure, how to judge and how to draw it.
 * {@link dev.shallot.reproduce.Reproduction} is the place to start.
 */
package dev.shallot.reproduce;
