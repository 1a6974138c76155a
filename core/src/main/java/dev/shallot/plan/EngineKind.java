package dev.shallot.plan;

/** Which engine computes the rounds. All compute the same iterates, up to rounding. */
public enum EngineKind {
  /** The one that suits the run. */
  AUTO,
  /** The paper, line by line, in float64. */
  REFERENCE,
  /** Weight space, vectorised, on several threads. */
  DENSE,
  /** Sample space: cheaper when there are few samples for the features. */
  GRAM,
  /** Weight space, on the machines of a Spark cluster, none of which needs the whole network. */
  SPARK
}
