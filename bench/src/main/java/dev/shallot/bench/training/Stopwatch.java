package dev.shallot.bench.training;

import com.sun.management.ThreadMXBean;
import dev.shallot.bench.Timed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes the times of calls, and hands them to the JVM that asked for them through a file. */
final class Stopwatch {
  /** The system property that names the file to write. */
  static final String PROPERTY = "shallot.bench.times";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Timed> calls = new ArrayList<>();
  private long bytes;
  private long processor;
  private long wall;

  void start() {
    bytes = threads.getTotalThreadAllocatedBytes();
    processor = threads.getCurrentThreadCpuTime();
    wall = System.nanoTime();
  }

  /** Ends a call; it counts unless it was for warming up. */
  void stop(boolean counts) {
    long wallNanos = System.nanoTime() - wall;
    long processorNanos = threads.getCurrentThreadCpuTime() - processor;
    long allocated = threads.getTotalThreadAllocatedBytes() - bytes;
    if (counts) {
      calls.add(new Timed(wallNanos * 1e-6, processorNanos * 1e-6, allocated));
    }
  }

  List<Timed> calls() {
    return List.copyOf(calls);
  }

  /** Writes a line a call. */
  void write() {
    String file = System.getProperty(PROPERTY, "");
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.write(Path.of(file), calls.stream().map(Timed::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Timed> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Timed::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
