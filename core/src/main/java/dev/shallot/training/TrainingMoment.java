package dev.shallot.training;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.Stateful;
import dev.shallot.plan.StepSizes;

/**
 * A run between two rounds: with its plan, its data and its initial network, all that going on
 * takes.
 *
 * @param rounds how many were taken
 * @param steps the step sizes in force, which are never chosen anew
 * @param initial the whole network at the start
 * @param errors of the observed rounds; grows with the run, so copy what you keep
 * @param state of the engine, the errors and the listeners; saved before the next round begins, or
 *     never
 */
public record TrainingMoment(
    long rounds, StepSizes steps, Measurement initial, ErrorTrace errors, Stateful state) {}
