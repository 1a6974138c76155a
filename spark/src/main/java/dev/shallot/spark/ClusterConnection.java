package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.Cluster;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.LoggerFactory;

/**
 * The way to a cluster: Spark's context, with the settings that this engine needs.
 *
 * <p>{@code catch (Exception)} throughout this package: Scala throws checked exceptions, Spark's
 * own among them, through methods that do not say so.
 */
final class ClusterConnection implements AutoCloseable {
  /** Rounds between checkpoints; Spark's own name space, so that any way of setting it works. */
  private static final String CHECKPOINT_ROUNDS = "spark.shallot.checkpointRounds";

  /** Bytes that a part has at most. */
  private static final String PART_BYTES = "spark.shallot.partBytes";

  /** How often executors are asked, until each has answered. */
  private static final int MOST_TRIES = 10;

  private final JavaSparkContext context;
  private final Optional<String> temporary;
  private final ShutdownGuard guard;
  private final Counters counters;

  private ClusterConnection(
      JavaSparkContext context, Optional<String> temporary, ShutdownGuard guard) {
    this.context = context;
    this.temporary = temporary;
    this.guard = guard;
    this.counters = new Counters(context::cancelAllJobs);
    context.sc().addSparkListener(counters);
  }

  /**
   * Connects.
   *
   * @throws TrainingException if there is no such cluster, or no executor comes
   */
  static ClusterConnection open(Cluster cluster) {
    Quiet.log();
    SparkConf conf = ClusterSettings.of(cluster);
    String master = conf.get("spark.master");
    Masters.check(master);
    Optional<String> temporary = Optional.empty();
    if (cluster.folder().isEmpty()) {
      if (!Masters.onThisMachine(master)) {
        throw new TrainingException(
            "the machines of %s need a folder that all of them see, for checkpoints: say which (cluster-dir), hdfs:// and the like included"
                .formatted(master));
      }
      temporary = Optional.of(Folders.temporary());
    }
    ShutdownGuard guard = ShutdownGuard.open();
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(conf);
    } catch (Exception e) {
      temporary.ifPresent(made -> Folders.delete(new Configuration(), made));
      guard.close();
      throw new TrainingException(
          "cannot connect to the Spark cluster %s: %s (the driver is Spark %s; the cluster must be of that version)"
              .formatted(master, Failures.line(e), Versions.here().spark()),
          e);
    }
    ClusterConnection connection = new ClusterConnection(context, temporary, guard);
    try {
      connection.setFolder(cluster.folder().or(() -> connection.temporary).orElseThrow());
      Executors.await(context, master);
      return connection;
    } catch (Exception e) {
      connection.close();
      throw Failures.plain(e);
    }
  }

  private void setFolder(String folder) {
    try {
      context.setCheckpointDir(folder);
    } catch (Exception e) {
      throw new TrainingException(
          "no folder for checkpoints can be made in %s: %s; name another (cluster-dir)"
              .formatted(folder, Failures.line(e)),
          e);
    }
  }

  JavaSparkContext context() {
    return context;
  }

  /** The run's own folder, which all machines see; it goes with the connection. */
  String folder() {
    return context.getCheckpointDir().get();
  }

  int cores() {
    return context.defaultParallelism();
  }

  long mostPartBytes() {
    return context.getConf().getSizeAsBytes(PART_BYTES, "32m");
  }

  long checkpointRounds() {
    return context.getConf().getInt(CHECKPOINT_ROUNDS, 10);
  }

  /** A round begins. */
  void roundBegins() {
    guard.roundBegins();
  }

  /** What went wrong in a job, in a sentence. */
  TrainingException failure(Exception thrown) {
    return counters
        .hopeless()
        .map(reason -> new TrainingException(reason, thrown))
        .orElseGet(() -> Failures.plain(thrown));
  }

  /** Bytes that shuffles read so far; waits a while until Spark has counted all. */
  long countedBytes() {
    try {
      context.sc().listenerBus().waitUntilEmpty();
    } catch (Exception e) {
      // A count that is a little short is no reason to lose a run that is done.
      LoggerFactory.getLogger(ClusterConnection.class).warn("not all bytes are counted yet", e);
    }
    return counters.bytes();
  }

  /** For people: where it is. */
  String description() {
    return context.master();
  }

  /** Lets every executor try everything that a round needs; throws what they have to say. */
  void check(Broadcast<RunBrief> brief) {
    Set<String> answered = new HashSet<>();
    try {
      // As many tasks as cores go to all executors at once, if they all have a core to spare.
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        int tasks = Math.max(1, cores());
        for (Executors.Answer answer :
            context
                .parallelize(RoundTasks.numbers(tasks), tasks)
                .map(number -> Executors.answer(brief))
                .collect()) {
          if (!answer.problem().isEmpty()) {
            throw new TrainingException(answer.problem());
          }
          answered.add(answer.place());
        }
        if (answered.containsAll(Executors.places(context))) {
          return;
        }
      }
    } catch (Exception e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    Configuration hadoop = context.hadoopConfiguration();
    Optional<String> checkpoints = Optional.ofNullable(context.getCheckpointDir().orNull());
    try {
      context.stop();
    } finally {
      checkpoints.ifPresent(folder -> Folders.delete(hadoop, folder));
      temporary.ifPresent(folder -> Folders.delete(hadoop, folder));
      guard.close();
    }
  }
}
