package dev.shallot.api;

/** Hears of each round while a model is trained; see {@link Trainer#onProgress}. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * A round is done. Called on the training thread: a slow listener slows the training.
   *
   * @param round how many rounds are done, from 1
   * @param rounds how many there will be, unless a rule ends the training earlier
   * @param error what the training lowers, on the training rows as trained on (scaled): the sum of
   *     squared errors; NaN in a round that was not measured
   */
  void roundDone(long round, long rounds, double error);
}
