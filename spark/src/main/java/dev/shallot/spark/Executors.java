package dev.shallot.spark;

import dev.shallot.TrainingException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Whether there are executors, and whether they can do what they will be asked. */
final class Executors {
  /** Seconds to wait for the first one. */
  private static final String WAIT = "spark.shallot.waitSeconds";

  private Executors() {}

  /** Waits for the first executor. */
  static void await(JavaSparkContext context, String master) {
    if (master.startsWith("local")) {
      return;
    }
    long seconds = context.getConf().getInt(WAIT, 60);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    // The driver is in the list too.
    while (context.statusTracker().getExecutorInfos().length <= 1) {
      if (context.sc().isStopped()) {
        throw new TrainingException(
            "the Spark master %s sent this program away: its log says why (the driver is Spark %s; the cluster must be of that version)"
                .formatted(master, Versions.here().spark()));
      }
      if (System.nanoTime() > end) {
        throw new TrainingException(
            "no executor came from %s within %d s: its page shows whether workers are alive, have a free core and %s of memory (spark.executor.memory), and can reach this machine"
                .formatted(master, seconds, context.getConf().get("spark.executor.memory", "1g")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** What this executor cannot do, in words; empty if it can. Reads the data, too. */
  static String problem(Broadcast<RunBrief> brief) {
    try {
      Workplace.of(brief.value());
      return "";
    } catch (RuntimeException e) {
      return "an executor cannot take part: " + e.getMessage();
    }
  }
}
