package dev.shallot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Waits until the machine has little else to do, but not for ever: two threads that wait for each
 * other at every step, ours or libtorch's, are many times slower when a third one takes a core.
 */
public final class QuietMoment {
  private static final double IDLE = 0.85;
  private static final long LOOK_MILLIS = 400;
  private static final long MOST_MILLIS = 15_000;

  /** What is left to wait over the whole run. */
  private long budgetMillis;

  /** Patience in milliseconds. */
  public QuietMoment(long budgetMillis) {
    this.budgetMillis = budgetMillis;
  }

  /** Returns when most of all cores has been idle for a moment, or when patience ends. */
  public void await() {
    long waited = 0;
    while (waited < MOST_MILLIS && budgetMillis > 0) {
      long[] before = ticks();
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      long[] after = ticks();
      long total = after[0] - before[0];
      if (total <= 0 || after[1] - before[1] >= IDLE * total) {
        return;
      }
      waited += LOOK_MILLIS;
      budgetMillis -= LOOK_MILLIS;
    }
  }

  /** All ticks of all cores, and the idle ones; zeros where /proc is not there. */
  private static long[] ticks() {
    try {
      String line = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("");
      long[] columns =
          Arrays.stream(line.split("\\s+")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
      return columns.length < 5
          ? new long[2]
          : new long[] {Arrays.stream(columns).sum(), columns[3] + columns[4]};
    } catch (IOException | NumberFormatException e) {
      return new long[2];
    }
  }
}
