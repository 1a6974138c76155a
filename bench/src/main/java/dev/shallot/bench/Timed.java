package dev.shallot.bench;

import java.util.List;

/**
 * One call that was timed.
 *
 * @param wallMillis how long it took
 * @param processorMillis what the calling thread spent of that on a processor
 * @param bytes what all threads allocated meanwhile
 */
public record Timed(double wallMillis, double processorMillis, long bytes) {

  /** For {@link #parse}. */
  public String line() {
    return wallMillis + " " + processorMillis + " " + bytes;
  }

  /** Reads a {@link #line}. */
  public static Timed parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Timed(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]));
  }

  /**
   * Milliseconds that a share of the calls stayed below; 0.5 is the median.
   *
   * @param threads with one thread processor time is taken: it is what the call takes on a quiet
   *     machine, and other work on the machine, which makes it wait, does not add to it
   */
  public static double quantile(List<Timed> calls, int threads, double share) {
    double[] sorted =
        calls.stream()
            .mapToDouble(call -> threads == 1 ? call.processorMillis() : call.wallMillis())
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("nothing was timed");
    }
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
