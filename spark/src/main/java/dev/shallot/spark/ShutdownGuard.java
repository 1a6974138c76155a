package dev.shallot.spark;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Keeps Spark working while this JVM shuts down, until the run that uses it has ended. Spark stops
 * its context in a shutdown hook of its own, beside a run that is told by another to finish its
 * round and to write a checkpoint; this hook comes before Spark's and waits.
 *
 * <p>It does not wait for what will not come: not if the thread that trains is gone or is itself
 * what ends the JVM, and not if a second round begins after the shutdown did, for then nobody told
 * the run to stop.
 */
final class ShutdownGuard implements AutoCloseable {
  /** Above all of Spark's and of the file systems'; higher ones run first. */
  private static final int PRIORITY = 100;

  private final Thread trainer = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Runnable hook = this::hold;
  private volatile boolean shutdown;
  private int rounds;

  private ShutdownGuard() {}

  /** Guards the run that this thread trains. */
  static ShutdownGuard open() {
    ShutdownGuard guard = new ShutdownGuard();
    // Without a limit of its own a hook has half a minute.
    ShutdownHookManager.get().addShutdownHook(guard.hook, PRIORITY, 365, TimeUnit.DAYS);
    return guard;
  }

  private void hold() {
    shutdown = true;
    try {
      while (!over.await(100, TimeUnit.MILLISECONDS) && trainer.isAlive() && !leaving()) {
        // The run goes on to its end.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the thread that trains is what ends the JVM, and waits for its hooks. */
  private boolean leaving() {
    return Arrays.stream(trainer.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }

  /** A round begins. */
  void roundBegins() {
    // The first may have begun just before the run could be told.
    if (shutdown && ++rounds > 1) {
      over.countDown();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown is under way, and was waiting for this moment.
      return;
    }
  }
}
