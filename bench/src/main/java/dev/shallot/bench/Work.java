package dev.shallot.bench;

/**
 * What one measured call does.
 *
 * @param subnets p
 * @param localSteps tau
 */
record Work(int subnets, int localSteps) {
  /** One local step of one subnet, with all that a round has around it. */
  static final Work STEP = new Work(1, 1);

  /** A round in which what is around the steps is shared by twenty of them. */
  static final Work ROUND = new Work(4, 5);

  static Work of(String name) {
    return switch (name) {
      case "step" -> STEP;
      case "round" -> ROUND;
      default -> throw new IllegalArgumentException("work is step or round, but is " + name);
    };
  }

  /** Local steps of all subnets. */
  int steps() {
    return subnets * localSteps;
  }
}
