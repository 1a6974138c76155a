package dev.shallot.bench.training;

import java.util.List;

/** Times the first rounds of runs without JMH, for the many points of a curve. */
final class Fresh {
  private static final int LEAST_CALLS = 3;
  private static final int MOST_CALLS = 200;

  /** On a busy machine two threads that wait for each other can take a hundred times as long. */
  private static final long PATIENCE_MILLIS = 2_000;

  private Fresh() {}

  /**
   * Runs that start anew, again and again.
   *
   * @param rounds of each run
   * @param warmMillis for warming up, at least
   * @param millis for measuring, at least
   */
  static List<dev.shallot.bench.Timed> runs(
      Problem problem, Who who, int threads, int rounds, long warmMillis, long millis) {
    Stopwatch watch = new Stopwatch();
    long start = System.nanoTime();
    boolean warm = false;
    long measuring = start;
    while (watch.calls().size() < MOST_CALLS) {
      long now = System.nanoTime();
      long measured = (now - measuring) / 1_000_000;
      int calls = watch.calls().size();
      if (warm && measured >= millis && (calls >= LEAST_CALLS || measured >= PATIENCE_MILLIS)) {
        break;
      }
      try (Trainer trainer = who.open(problem, threads)) {
        watch.start();
        for (int k = 0; k < rounds; k++) {
          trainer.round(k, problem.masks(k));
        }
        watch.stop(warm);
      }
      if (!warm && System.nanoTime() - start >= warmMillis * 1_000_000) {
        warm = true;
        measuring = System.nanoTime();
      }
    }
    return watch.calls();
  }

  /** Rounds of a run such that it takes some 10^10 flops in weight space, but 2 to 20. */
  static int rounds(Case sizes) {
    return (int) Math.clamp(1e10 / (sizes.denseFlops() * sizes.steps()), 2, 20);
  }
}
