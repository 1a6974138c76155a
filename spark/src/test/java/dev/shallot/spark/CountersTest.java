package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.Success$;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;

/** Executors that go are no reason to give up; executors that can do nothing are. */
class CountersTest {
  private final AtomicInteger gaveUp = new AtomicInteger();
  private final Counters counters = new Counters(gaveUp::incrementAndGet);

  private void done(String executor) {
    TaskInfo info = new TaskInfo(1, 0, 0, 0, 0L, executor, "host", TaskLocality.ANY(), false);
    counters.onTaskEnd(
        new SparkListenerTaskEnd(
            0,
            0,
            "ResultTask",
            Success$.MODULE$,
            info,
            new ExecutorMetrics(),
            TaskMetrics.empty()));
  }

  private void removed(String executor, String reason) {
    counters.onExecutorRemoved(new SparkListenerExecutorRemoved(0L, executor, reason));
  }

  @Test
  void manyThatWorkedMayLeaveAtOnce() {
    for (int i = 0; i < 20; i++) {
      done("able" + i);
    }
    for (int i = 0; i < 20; i++) {
      removed("able" + i, "its machine was taken away");
      removed("idle" + i, "Executor killed by driver.");
    }
    assertEquals(0, gaveUp.get());
    assertTrue(counters.hopeless().isEmpty());
  }

  @Test
  void manyThatNeverDidATaskEndTheRun() {
    for (int i = 0; i < 12; i++) {
      assertEquals(0, gaveUp.get());
      removed("broken" + i, "exited with code 1");
    }
    assertEquals(1, gaveUp.get());
    assertTrue(counters.hopeless().orElseThrow().contains("exited with code 1"));
    done("able");
    assertTrue(counters.hopeless().isEmpty(), "one works after all");
  }
}
