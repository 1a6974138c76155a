package dev.shallot.training;

import dev.shallot.engine.Measurement;

/**
 * What happened in an observed round. All errors are squared norms over all samples, without 1/2.
 */
public sealed interface TrainingEvent {

  /** k, from 0. */
  long round();

  /**
   * The masks of the round are drawn.
   *
   * @param round k
   * @param errors p numbers, ||Y - uhat_{k,0}^l||^2
   */
  record Sampled(long round, double[] errors) implements TrainingEvent {}

  /**
   * A subnet took its local steps.
   *
   * @param round k
   * @param subnet l, from 0
   * @param errors tau numbers, ||Y - uhat_{k,t}^l||^2 for t = 1 .. tau
   */
  record LocalSteps(long round, int subnet, double[] errors) implements TrainingEvent {}

  /**
   * The subnets became one network again.
   *
   * @param round k
   * @param whole the network u_{k+1}
   * @param uncovered neurons that no subnet held
   * @param bytes that a distributed run would have moved in this round: each held row to its subnet
   *     and back, see {@link ByteLedger}
   */
  record Aggregated(long round, Measurement whole, int uncovered, long bytes)
      implements TrainingEvent {}
}
