package dev.shallot.bench.machine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.IntToDoubleFunction;

/** What this machine reaches at most: {@code RooflineMain MILLIS}. */
public final class RooflineMain {
  private static final int FMA_STEPS = 100_000;
  private static final int REPEATS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static double sink;

  private RooflineMain() {}

  /** Prints "kind;what;threads;value" a line: GFLOP/s, GB/s. */
  public static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    long nanos = Long.parseLong(arguments[0]) * 1_000_000;
    int cores = Runtime.getRuntime().availableProcessors();
    int[] counts = cores == 1 ? new int[] {1} : new int[] {1, cores};
    for (int threads : counts) {
      print("fma", "float32", threads, best(threads, nanos, t -> fma32()));
      print("fma", "float64", threads, best(threads, nanos, t -> fma64()));
    }
    // Pieces that fit the first, second, third level, and one that fits none.
    for (int kibibytes : new int[] {24, 1024, 24 << 10, 512 << 10}) {
      float[] array = new float[kibibytes << 8];
      for (int threads : counts) {
        // The first two levels are each core's own, so each thread gets that much.
        boolean shared = kibibytes > 1024;
        int length = shared ? array.length / threads / 256 * 256 : array.length;
        float[][] own = new float[threads][];
        for (int t = 0; t < threads; t++) {
          own[t] = shared ? array : new float[length];
        }
        String what = kibibytes + " KiB";
        print(
            "read", what, threads, best(threads, nanos, t -> read(own[t], shared ? t : 0, length)));
        print(
            "update",
            what,
            threads,
            best(threads, nanos, t -> update(own[t], shared ? t : 0, length)));
      }
    }
    if (sink == 1.0) {
      System.err.println(sink);
    }
  }

  private static void print(String kind, String what, int threads, double value) {
    System.out.printf("%s;%s;%d;%s%n", kind, what, threads, value);
  }

  /** The best of a few tries: what all threads together get done in a nanosecond. */
  private static double best(int threads, long nanos, IntToDoubleFunction work)
      throws InterruptedException {
    double best = 0.0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      DoubleAdder rate = new DoubleAdder();
      CountDownLatch start = new CountDownLatch(threads);
      Thread[] team = new Thread[threads];
      for (int t = 0; t < threads; t++) {
        int number = t;
        team[t] =
            Thread.ofPlatform()
                .start(
                    () -> {
                      start.countDown();
                      try {
                        start.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      rate.add(rate(nanos / REPEATS, number, work));
                    });
      }
      for (Thread thread : team) {
        thread.join();
      }
      best = Math.max(best, rate.sum());
    }
    return best;
  }

  /** By processor time, so that other work on the machine does not count. */
  private static double rate(long nanos, int thread, IntToDoubleFunction work) {
    double done = 0.0;
    long processor = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos || done == 0.0) {
      done += work.applyAsDouble(thread);
    }
    return done / (THREADS.getCurrentThreadCpuTime() - processor);
  }

  private static double fma32() {
    keep(Ceiling.multiplyAdd32(FMA_STEPS));
    return Ceiling.flops32(FMA_STEPS);
  }

  private static double fma64() {
    keep(Ceiling.multiplyAdd64(FMA_STEPS));
    return Ceiling.flops64(FMA_STEPS);
  }

  /** Small pieces are read again and again, so that taking the time costs nothing beside it. */
  private static int again(int length) {
    return Math.max(1, (1 << 20) / length);
  }

  private static double read(float[] array, int piece, int length) {
    int again = again(length);
    for (int i = 0; i < again; i++) {
      keep(Ceiling.read(array, piece * length, (piece + 1) * length));
    }
    return 4.0 * length * again;
  }

  /** Bytes count twice: read and written. */
  private static double update(float[] array, int piece, int length) {
    int again = again(length);
    for (int i = 0; i < again; i++) {
      keep(Ceiling.update(array, piece * length, (piece + 1) * length));
    }
    return 8.0 * length * again;
  }

  private static void keep(double value) {
    if (Double.isNaN(value)) {
      sink = 1.0;
    }
  }
}
