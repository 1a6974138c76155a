package dev.shallot.bench;

import dev.shallot.mask.MaskSet;

/** Nothing is timed that does not compute the same thing. */
final class Agreement {
  private static final Work WORK = new Work(2, 2);
  private static final int ROUNDS = 2;
  static final double TOLERANCE = 1e-3;

  private Agreement() {}

  /**
   * How far apart two trainers move the hidden weights in two rounds of two subnets and two local
   * steps: the norm of the difference of their movements over the norm of the movement.
   */
  static double distance(Shape shape, Rival rival, Rival judge) {
    double[] start = shape.network().hiddenWeights();
    double[] expected = trained(shape, judge);
    double[] actual = trained(shape, rival);
    double difference = 0.0;
    double movement = 0.0;
    for (int i = 0; i < start.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      movement += (expected[i] - start[i]) * (expected[i] - start[i]);
    }
    return Math.sqrt(difference / movement);
  }

  private static double[] trained(Shape shape, Rival rival) {
    try (Trainer trainer = rival.open(shape, WORK)) {
      for (int k = 0; k < ROUNDS; k++) {
        MaskSet masks = shape.masks(WORK.subnets(), k);
        trainer.round(k, masks);
      }
      return trainer.hiddenWeights();
    }
  }

  /** Refuses a rival that moves the weights elsewhere. */
  static void check(Shape shape, Rival rival, Rival judge) {
    double distance = distance(shape, rival, judge);
    if (!(distance <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s and %s move the weights %.2e apart at %s; %.0e is allowed"
              .formatted(rival, judge, distance, shape, TOLERANCE));
    }
  }
}
