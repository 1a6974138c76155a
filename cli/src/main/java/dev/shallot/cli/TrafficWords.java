package dev.shallot.cli;

import dev.shallot.engine.Traffic;
import dev.shallot.picture.Figures;
import java.util.List;
import java.util.Locale;

/** What a run on several machines moved, in words. */
final class TrafficWords {
  private TrafficWords() {}

  /** Bytes of a round: the run's own by formula and as counted, and those of other methods. */
  static List<String> of(Traffic traffic) {
    if (traffic.rounds() == 0) {
      return List.of();
    }
    return List.of(
        "moved      %s a round to the subnets and back (each held row, both ways); Spark counted %s"
            .formatted(
                Figures.bytes((double) traffic.ledger() / traffic.rounds()),
                Figures.bytes((double) traffic.counted() / traffic.rounds())),
        "           local SGD would move %s (x %s), data parallelism %s (x %s)"
            .formatted(
                Figures.bytes((double) traffic.localSgd() / traffic.rounds()),
                times(traffic.localSgd(), traffic.ledger()),
                Figures.bytes((double) traffic.dataParallel() / traffic.rounds()),
                times(traffic.dataParallel(), traffic.ledger())));
  }

  private static String times(long other, long own) {
    return own == 0 ? "inf" : String.format(Locale.ROOT, "%.3g", (double) other / own);
  }
}
