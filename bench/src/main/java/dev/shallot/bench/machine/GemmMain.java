package dev.shallot.bench.machine;

import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/** Times somebody's matrix products on one thread: {@code GemmMain WHO MILLIS}. */
public final class GemmMain {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CHECKED = 20;
  private static final double TOLERANCE = 1e-4;

  /** Calls are timed together until they take this long. */
  private static final long BATCH_NANOS = 2_000_000;

  private GemmMain() {}

  /** Prints "label;median;fast" a line, GFLOP/s. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Multipliers who = Multipliers.valueOf(arguments[0]);
    long nanos = Long.parseLong(arguments[1]) * 1_000_000;
    // The first round is for the compiler: one method multiplies matrices of all sizes.
    for (int i = 0; i < 2 * Product.ALL.size(); i++) {
      Product product = Product.ALL.get(i % Product.ALL.size());
      if (who == Multipliers.OURS_F32_PACKING && product.sampleSpace()) {
        continue;
      }
      double[] a = numbers(product.rows() * product.inner(), 0);
      double[] b = numbers(product.inner() * product.columns(), 1);
      Multiplier multiplier = who.of(product, a, b);
      multiplier.multiply();
      check(product, a, b, multiplier);
      double[] rates = rates(multiplier, product.flops(), nanos);
      if (i >= Product.ALL.size()) {
        System.out.printf(
            "%s;%s;%s%n",
            product.label(), rates[rates.length / 2], rates[(int) (0.95 * (rates.length - 1))]);
      }
    }
  }

  private static double[] numbers(int count, int purpose) {
    CounterRandom random = new CounterRandom(1, RandomStream.SYNTHETIC_FEATURES, purpose, 0);
    double[] numbers = new double[count];
    Arrays.setAll(numbers, random::gaussian);
    return numbers;
  }

  private static void check(Product product, double[] a, double[] b, Multiplier multiplier) {
    for (int i = 0; i < CHECKED; i++) {
      int row = product.rows() * i / CHECKED;
      int column = (int) ((product.columns() * 7L * i / CHECKED) % product.columns());
      double sum = 0.0;
      for (int k = 0; k < product.inner(); k++) {
        sum += a[row * product.inner() + k] * b[k * product.columns() + column];
      }
      double error = Math.abs(multiplier.entry(row, column) - sum);
      if (!(error <= TOLERANCE * Math.sqrt(product.inner()))) {
        throw new IllegalStateException(
            "%s: entry %d, %d is off by %s: no timing".formatted(product, row, column, error));
      }
    }
  }

  /** GFLOP/s of batches of calls, ascending; by processor time, so that waiting does not count. */
  private static double[] rates(Multiplier multiplier, double flops, long nanos) {
    int batch = 1;
    long start = System.nanoTime();
    // Warms up, and finds how many calls make a batch.
    while (System.nanoTime() - start < nanos) {
      if (timed(multiplier, batch) < BATCH_NANOS && batch < 1 << 16) {
        batch *= 2;
      }
    }
    double[] rates = new double[100_000];
    int count = 0;
    long measuring = System.nanoTime();
    while (count < rates.length && (count < 5 || System.nanoTime() - measuring < 2 * nanos)) {
      rates[count++] = batch * flops / Math.max(1, timed(multiplier, batch));
    }
    double[] sorted = Arrays.copyOf(rates, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static long timed(Multiplier multiplier, int calls) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      multiplier.multiply();
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
