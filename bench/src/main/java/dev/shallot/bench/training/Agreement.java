package dev.shallot.bench.training;

/** Nothing is timed that does not compute the same thing. */
final class Agreement {
  private static final int ROUNDS = 2;

  private Agreement() {}

  /**
   * How far apart a trainer moves the hidden weights in two rounds from where the judge moves them:
   * the norm of the difference of their movements over the norm of the movement.
   *
   * @param judged what the judge ended at, from {@link #trained}
   */
  static double distance(Problem problem, Who who, int threads, double[] judged) {
    double[] start = problem.network().hiddenWeights();
    double[] actual = trained(problem, who, threads);
    double difference = 0.0;
    double movement = 0.0;
    for (int i = 0; i < start.length; i++) {
      difference += (actual[i] - judged[i]) * (actual[i] - judged[i]);
      movement += (judged[i] - start[i]) * (judged[i] - start[i]);
    }
    return Math.sqrt(difference / movement);
  }

  /** The hidden weights after two rounds. */
  static double[] trained(Problem problem, Who who, int threads) {
    try (Trainer trainer = who.open(problem, threads)) {
      for (int k = 0; k < ROUNDS; k++) {
        trainer.round(k, problem.masks(k));
      }
      return trainer.hiddenWeights();
    }
  }
}
