package dev.shallot.spectrum;

import dev.shallot.TheoryException;
import java.util.Locale;

/** Refuses work that cannot fit in the JVM's memory before it takes any. */
final class MemoryNeed {
  private static final double GIGA = 1e9;

  private MemoryNeed() {}

  /**
   * Compares with the JVM's limit what stands in memory already and what is to come.
   *
   * @param work for people: "the Cholesky factor of a 100 x 100 matrix"
   * @param there bytes of the caller's matrix
   * @param more bytes to be taken
   */
  static void check(String work, long there, long more) {
    check(work, there, more, Runtime.getRuntime().maxMemory());
  }

  static void check(String work, long there, long more, long limit) {
    if (there + more > limit) {
      throw new TheoryException(
          String.format(
              Locale.ROOT,
              "%s needs %.2f GB beside the matrix of %.2f GB, but the JVM may use %.2f GB in all;"
                  + " start it with -Xmx%dg or more, or take fewer rows",
              work,
              more / GIGA,
              there / GIGA,
              limit / GIGA,
              (long) Math.ceil(1.1 * (there + more) / (1L << 30))));
    }
  }
}
