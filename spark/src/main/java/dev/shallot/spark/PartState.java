package dev.shallot.spark;

import dev.shallot.engine.dense.NetworkPart;
import dev.shallot.engine.dense.PartMeasurement;
import java.io.Serializable;
import java.util.List;

/**
 * A part after a round, with what the driver wants to know of the round.
 *
 * @param part the neurons
 * @param report for the driver
 * @param <A> array type
 */
record PartState<A>(NetworkPart<A> part, Report<A> report) implements Serializable {

  /**
   * What a task tells the driver, as its result: results are taken once, however often a task is
   * tried.
   *
   * @param measured what the part adds to the monitored output; none or one
   * @param errors of the subnets that report through this part
   */
  record Report<A>(List<PartMeasurement<A>> measured, List<SubnetErrors> errors)
      implements Serializable {}
}
