package dev.shallot.engine;

import dev.shallot.plan.TrainingData;

/**
 * How a machine gets the data of a run by itself: read from a file, or made. A record whose
 * components are plain values, enums, arrays, optionals, lists and other such records, so that it
 * can travel; equal ones give equal data.
 */
public interface DataOrigin {

  /**
   * The data, to the same bits everywhere.
   *
   * @throws RuntimeException with what is wrong, where, and what to do
   */
  TrainingData read();
}
