package dev.shallot.spark;

import dev.shallot.engine.NetworkView;
import dev.shallot.mask.MaskSet;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes one executor slow from the second round on: it is stopped by the system for most of the
 * time, again and again.
 */
final class Slowness implements TrainingListener, AutoCloseable {
  private static final long STOPPED_MILLIS = 60;
  private static final long RUNNING_MILLIS = 15;

  private final LocalCluster cluster;
  private final AtomicInteger stops = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::slow);

  Slowness(LocalCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public void standing(long round, Optional<MaskSet> masks, NetworkView network) {
    if (round == 1) {
      thread.start();
    }
  }

  int stops() {
    return stops.get();
  }

  private void slow() {
    Optional<ProcessHandle> executor = cluster.executors().stream().findFirst();
    try {
      while (executor.isPresent() && executor.get().isAlive()) {
        signal("STOP", executor.get());
        stops.incrementAndGet();
        Thread.sleep(STOPPED_MILLIS);
        signal("CONT", executor.get());
        Thread.sleep(RUNNING_MILLIS);
      }
    } catch (InterruptedException e) {
      executor.ifPresent(handle -> signal("CONT", handle));
    }
  }

  private static void signal(String signal, ProcessHandle to) {
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(to.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
