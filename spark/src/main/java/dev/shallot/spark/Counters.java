package dev.shallot.spark;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Bytes that shuffles read, as Spark counts them task by task: from other executors and from the
 * task's own. Tasks that were run twice count twice, for so they read.
 */
final class Counters extends SparkListener {
  private final AtomicLong remote = new AtomicLong();
  private final AtomicLong local = new AtomicLong();

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    // A task that was lost with its executor has none.
    if (metrics != null) {
      remote.addAndGet(metrics.shuffleReadMetrics().remoteBytesRead());
      local.addAndGet(metrics.shuffleReadMetrics().localBytesRead());
    }
  }

  /** All that was read. */
  long bytes() {
    return remote.get() + local.get();
  }
}
