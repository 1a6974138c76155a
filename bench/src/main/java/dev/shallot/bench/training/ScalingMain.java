package dev.shallot.bench.training;

import dev.shallot.bench.Timed;
import java.util.List;
import java.util.Locale;

/** The points of a curve in one JVM: {@code ScalingMain WHO THREADS WARM_MS MS CASE...}. */
public final class ScalingMain {
  /** The first point pays for a cold JVM, so it is warmed up for as much longer. */
  private static final long COLD = 8;

  private ScalingMain() {}

  /** Prints "case rounds median fast calls" a line, milliseconds a local step. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Who who = Who.valueOf(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    long warmMillis = Long.parseLong(arguments[2]);
    long millis = Long.parseLong(arguments[3]);
    for (int i = 4; i < arguments.length; i++) {
      Case sizes = Case.parse(arguments[i]);
      int rounds = Fresh.rounds(sizes);
      long warm = i == 4 ? COLD * warmMillis : warmMillis;
      List<Timed> calls = Fresh.runs(Problem.of(sizes), who, threads, rounds, warm, millis);
      double steps = (double) rounds * sizes.steps();
      System.out.printf(
          "%s %d %s %s %d%n",
          sizes,
          rounds,
          Timed.quantile(calls, threads, 0.5) / steps,
          Timed.quantile(calls, threads, 0.05) / steps,
          calls.size());
    }
  }
}
