package dev.shallot.plan;

/**
 * The step sizes of a run, and why.
 *
 * @param hidden eta of the hidden layer
 * @param output eta of the output layer
 * @param reason one sentence for people
 */
public record StepSizes(double hidden, double output, String reason) {}
