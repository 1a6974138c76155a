package dev.shallot.spark;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.Success$;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What Spark tells while it works. Bytes that shuffles read, task by task, from other executors and
 * from the task's own; tasks that were run twice count twice, for so they read. And executors that
 * go one after the other without having done a task, which Spark itself would let go on for ever.
 */
final class Counters extends SparkListener {
  private static final long MOST_LOST = 12;

  private final Runnable giveUp;
  private final AtomicLong remote = new AtomicLong();
  private final AtomicLong local = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  /** Executors that did a task; of the listener's thread alone. */
  private final Set<String> able = new HashSet<>();

  private volatile Optional<String> hopeless = Optional.empty();

  /**
   * Counters.
   *
   * @param giveUp ends what is going on
   */
  Counters(Runnable giveUp) {
    this.giveUp = giveUp;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof Success$) {
      lost.set(0);
      hopeless = Optional.empty();
      able.add(end.taskInfo().executorId());
    }
    TaskMetrics metrics = end.taskMetrics();
    // A task that was lost with its executor has none.
    if (metrics != null) {
      remote.addAndGet(metrics.shuffleReadMetrics().remoteBytesRead());
      local.addAndGet(metrics.shuffleReadMetrics().localBytesRead());
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    // What the driver itself lets go, because it has no tasks for it, is not lost.
    if (able.remove(removed.executorId()) || removed.reason().contains("killed by driver")) {
      return;
    }
    if (lost.incrementAndGet() >= MOST_LOST) {
      hopeless =
          Optional.of(
              "%d executors were lost one after the other, and none did anything; the last: %s (its log is in its worker's folder)"
                  .formatted(lost.get(), removed.reason()));
      giveUp.run();
    }
  }

  /** All that was read. */
  long bytes() {
    return remote.get() + local.get();
  }

  /** Why there is no use in going on, if there is none. */
  Optional<String> hopeless() {
    return hopeless;
  }
}
