package dev.shallot.cli;

import dev.shallot.bound.Modes;
import dev.shallot.kernel.KernelFile;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.plan.TrainingData;
import java.util.Locale;

/**
 * What matrices and their eigenvalues take of the JVM's memory, judged before any of it is taken.
 *
 * @param samples n
 * @param outputs c
 * @param matrices how many matrices are kept at once
 * @param small bytes of everything else: data, weights, activations
 */
record KernelRoom(int samples, int outputs, int matrices, long small) {
  /** Up to this order all eigenvalues are computed; above it the extreme ones. */
  static final int ALL_EIGENVALUES = 2000;

  /** For code, threads and what the estimate does not see. */
  private static final long SLACK = 96L << 20;

  private long order() {
    return (long) samples * outputs;
  }

  /** Bytes at the fullest moment. */
  long bytes() {
    return small + SLACK + (long) (perEntry(order()) * order() * order());
  }

  /** Bytes an entry: the matrices, and a factor or the eigenvalue library's two copies. */
  private double perEntry(long order) {
    return 8.0 * matrices + (order <= ALL_EIGENVALUES ? 16.0 : 4.2);
  }

  /** The room of the infinite kernel of some data: its blocks are the same for every output. */
  static KernelRoom ofData(TrainingData data) {
    int vectors = data.samples() <= Modes.MOST_SAMPLES ? 4 : 0;
    return new KernelRoom(data.samples(), 1, 1 + vectors, 16L * data.x().length);
  }

  /** The way out of {@code shallot kernel}. */
  String tiles() {
    return "; or write one kernel to a file of tiles of %s with --kernels masked --tiles FILE, which holds no matrix in memory"
        .formatted(size(KernelFile.bytes(samples, outputs)));
  }

  /**
   * Refuses what cannot fit.
   *
   * @param limit bytes that the JVM may use
   * @param lastWayOut what else to do, after the others; may be empty
   */
  void check(long limit, String lastWayOut) {
    if (bytes() <= limit && order() <= TangentKernel.LARGEST_FORMED) {
      return;
    }
    double left = Math.max(0, limit - small - SLACK);
    long fits = (long) Math.min(TangentKernel.LARGEST_FORMED, Math.sqrt(left / perEntry(order())));
    String raise =
        order() > TangentKernel.LARGEST_FORMED
            ? "no array holds more than order %,d".formatted(TangentKernel.LARGEST_FORMED)
            : "set SHALLOT_JAVA_OPTIONS=-Xmx%dg if the machine has that much"
                .formatted(((bytes() + bytes() / 10) >> 30) + 1);
    throw new CliException(
        String.format(
            Locale.ROOT,
            "a kernel of order n c = %,d takes %s with its eigenvalues, but the JVM may use %s:"
                + " take at most --rows %d%s; or %s%s.",
            order(),
            size(bytes()),
            size(limit),
            Math.max(1, fits / outputs),
            outputs > 1 ? " (or one of the %d targets at a time)".formatted(outputs) : "",
            raise,
            lastWayOut));
  }

  /** An amount of memory. */
  static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%d MiB", (bytes >> 20) + 1)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
