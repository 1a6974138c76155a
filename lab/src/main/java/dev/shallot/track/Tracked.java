package dev.shallot.track;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of the network W_k before round k, in the order of the log.
 *
 * @param round k; -1 for what is known before training
 * @param numbers name by name; one that could not be measured is NaN
 * @param failure why nothing could be measured, if so
 */
public record Tracked(long round, List<Entry> numbers, Optional<String> failure) {

  static Tracked of(long round, List<Entry> numbers) {
    return new Tracked(round, numbers, Optional.empty());
  }

  /** Null in the log, so that a picture has a gap and not a wrong point. */
  static Tracked failed(long round, String why) {
    return new Tracked(round, List.of(Entry.of("notFinite", Double.NaN)), Optional.of(why));
  }

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
