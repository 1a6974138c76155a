package dev.shallot.plan;

/** Which layers a step moves. When both move they move at once, each along its own gradient. */
public enum TrainedLayers {
  HIDDEN,
  OUTPUT,
  BOTH;

  /** Whether the hidden weights move. */
  public boolean hidden() {
    return this != OUTPUT;
  }

  /** Whether the output weights move. */
  public boolean output() {
    return this != HIDDEN;
  }
}
