package dev.shallot.cli;

import dev.shallot.engine.Traffic;
import java.util.List;
import java.util.Locale;

/** What a run on several machines moved, in words. */
final class TrafficWords {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

  private TrafficWords() {}

  /** Bytes of a round: the run's own by formula and as counted, and those of other methods. */
  static List<String> of(Traffic traffic) {
    if (traffic.rounds() == 0) {
      return List.of();
    }
    return List.of(
        "moved      %s a round to the subnets and back (each held row, both ways); Spark counted %s"
            .formatted(
                bytes(traffic.ledger() / traffic.rounds()),
                bytes(traffic.counted() / traffic.rounds())),
        "           local SGD would move %s (x %s), data parallelism %s (x %s)"
            .formatted(
                bytes(traffic.localSgd() / traffic.rounds()),
                times(traffic.localSgd(), traffic.ledger()),
                bytes(traffic.dataParallel() / traffic.rounds()),
                times(traffic.dataParallel(), traffic.ledger())));
  }

  private static String times(long other, long own) {
    return own == 0 ? "inf" : String.format(Locale.ROOT, "%.3g", (double) other / own);
  }

  /** 12.3 MB: units of a thousand, as networks are measured. */
  static String bytes(long count) {
    double value = count;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? count + " bytes" : String.format(Locale.ROOT, "%.3g %s", value, UNITS[unit]);
  }
}
