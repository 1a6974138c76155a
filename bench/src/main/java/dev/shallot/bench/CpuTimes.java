package dev.shallot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The processor time of each call on the calling thread. With one thread it is what the call takes
 * on a quiet machine, and other work on the machine, which makes it wait, does not add to it.
 */
final class CpuTimes {
  /** The system property that names the file to write. */
  static final String PROPERTY = "shallot.bench.cpu";

  /** Calls before the measurement are not told apart, so this much is taken for warming up. */
  private static final double WARMUP = 0.6;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final LongStream.Builder times = LongStream.builder();
  private long start;

  void before() {
    start = threads.getCurrentThreadCpuTime();
  }

  void after() {
    times.add(threads.getCurrentThreadCpuTime() - start);
  }

  /** Writes nanoseconds, a line a call. */
  void write() {
    String file = System.getProperty(PROPERTY, "");
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.write(Path.of(file), times.build().mapToObj(Long::toString).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Milliseconds of the calls after warming up. */
  static List<Double> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.subList((int) (WARMUP * lines.size()), lines.size()).stream()
          .map(line -> Long.parseLong(line) * 1e-6)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
