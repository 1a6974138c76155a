package dev.shallot.spark;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Sees the tasks of a run. Spark makes it by name, so what it saw is in fields of the class. */
public final class TaskWatch extends SparkListener {
  private static final Set<String> EXECUTORS = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger SPECULATIVE = new AtomicInteger();

  /** The setting that asks for it. */
  static Map<String, String> setting() {
    EXECUTORS.clear();
    SPECULATIVE.set(0);
    return Map.of("spark.extraListeners", TaskWatch.class.getName());
  }

  /** How many executors did a task. */
  static int executors() {
    return EXECUTORS.size();
  }

  /** How many tasks were started for another that took long. */
  static int speculative() {
    return SPECULATIVE.get();
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (start.taskInfo().speculative()) {
      SPECULATIVE.incrementAndGet();
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof Success$) {
      EXECUTORS.add(end.taskInfo().executorId());
    }
  }
}
