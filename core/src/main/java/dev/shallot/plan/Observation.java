package dev.shallot.plan;

import dev.shallot.TrainingException;

/**
 * What of a run is measured and reported. Nothing else depends on it: the iterates are the same
 * whatever is observed.
 *
 * @param detail how much of an observed round
 * @param every rounds k with {@code k mod every = 0} are observed, and the last one always; at
 *     least 1
 */
public record Observation(Detail detail, int every) {

  /** How much of a round is measured. */
  public enum Detail {
    /**
     * The whole network's error after aggregation, and its displacement, flips and dead neurons.
     */
    ROUNDS,
    /** That, and each subnet's error after sampling and after every local step, on all samples. */
    STEPS
  }

  public Observation {
    if (every < 1) {
      throw new TrainingException(
          "events are kept every so many rounds, at least 1, but got " + every);
    }
  }

  /** Everything, in every round. */
  public static Observation everything() {
    return new Observation(Detail.STEPS, 1);
  }

  /** Whether a round of a run of so many rounds is observed. */
  public boolean observes(long round, long rounds) {
    return round % every == 0 || round == rounds - 1;
  }
}
