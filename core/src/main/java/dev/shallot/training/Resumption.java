package dev.shallot.training;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.StateExchange;
import dev.shallot.plan.StepSizes;

/**
 * Where a run goes on.
 *
 * @param rounds how many were taken
 * @param steps the step sizes in force
 * @param initial the whole network at the start, as it was measured then
 * @param state fills the engine, the errors and the listeners with what was saved
 */
public record Resumption(long rounds, StepSizes steps, Measurement initial, StateExchange state) {}
