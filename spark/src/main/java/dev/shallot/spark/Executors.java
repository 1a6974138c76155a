package dev.shallot.spark;

import dev.shallot.TrainingException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.jdk.javaapi.CollectionConverters;

/** Whether there are executors, and whether they can do what they will be asked. */
final class Executors {
  /** Seconds to wait for the first one. */
  private static final String WAIT = "spark.shallot.waitSeconds";

  /** So long no further one came. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private Executors() {}

  /** Waits for the first executor, and then for those that come soon after it. */
  static void await(JavaSparkContext context, String master) {
    if (master.startsWith("local")) {
      return;
    }
    long seconds = context.getConf().getInt(WAIT, 60);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int wanted = context.getConf().getInt("spark.cores.max", Integer.MAX_VALUE);
    int cores = 0;
    long since = System.nanoTime();
    while (true) {
      // The driver is in the list too.
      boolean any = context.statusTracker().getExecutorInfos().length > 1;
      if (context.defaultParallelism() != cores) {
        cores = context.defaultParallelism();
        since = System.nanoTime();
      }
      if (any && (cores >= wanted || System.nanoTime() - since > SETTLED_NANOS)) {
        return;
      }
      if (context.sc().isStopped()) {
        throw new TrainingException(
            "the Spark master %s sent this program away: its log says why (the driver is Spark %s; the cluster must be of that version)"
                .formatted(master, Versions.here().spark()));
      }
      if (!any && System.nanoTime() > end) {
        throw new TrainingException(
            "no executor came from %s within %d s: its page shows whether workers are alive, have a free core and %s of memory (spark.executor.memory), and can reach this machine"
                .formatted(master, seconds, context.getConf().get("spark.executor.memory", "1g")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /**
   * What an executor says.
   *
   * @param place host and port, which tell it from others
   * @param problem what it cannot do, in words; empty if it can do all
   */
  record Answer(String place, String problem) implements Serializable {}

  /** What this executor says when it tries; reads the data, too. */
  static Answer answer(Broadcast<RunBrief> brief) {
    String place = SparkEnv.get().blockManager().blockManagerId().hostPort();
    try {
      Workplace.of(brief.value());
      return new Answer(place, "");
    } catch (RuntimeException e) {
      return new Answer(place, "an executor cannot take part: " + e.getMessage());
    }
  }

  /** Where executors are now. */
  static Set<String> places(JavaSparkContext context) {
    Set<String> places =
        new HashSet<>(CollectionConverters.asJava(context.sc().getExecutorMemoryStatus()).keySet());
    if (!context.sc().isLocal()) {
      // The driver is in the list too.
      places.remove(SparkEnv.get().blockManager().blockManagerId().hostPort());
    }
    return places;
  }
}
