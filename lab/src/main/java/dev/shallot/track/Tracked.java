package dev.shallot.track;

import java.util.List;

/**
 * What was measured of the network W_k before round k, in the order of the log.
 *
 * @param round k; -1 for what is known before training
 * @param numbers name by name; one that could not be measured is NaN
 */
public record Tracked(long round, List<Entry> numbers) {

  /**
   * A name with one number or a list of them.
   *
   * @param name in the log
   * @param values the numbers
   * @param single whether it is one number and no list
   */
  public record Entry(String name, double[] values, boolean single) {
    static Entry of(String name, double value) {
      return new Entry(name, new double[] {value}, true);
    }

    static Entry of(String name, double[] values) {
      return new Entry(name, values, false);
    }
  }
}
