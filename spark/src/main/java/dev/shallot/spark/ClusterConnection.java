package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The way to a cluster: Spark's context, with the settings that this engine needs. */
final class ClusterConnection implements AutoCloseable {
  /** Rounds between checkpoints; Spark's own name space, so that any way of setting it works. */
  private static final String CHECKPOINT_ROUNDS = "spark.shallot.checkpointRounds";

  /** Bytes that a part has at most. */
  private static final String PART_BYTES = "spark.shallot.partBytes";

  private final JavaSparkContext context;
  private final Optional<Path> temporary;
  private final Counters counters;

  private ClusterConnection(JavaSparkContext context, Optional<Path> temporary) {
    this.context = context;
    this.temporary = temporary;
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
    Optional<Path> temporary = Optional.empty();
    String folder;
    if (cluster.folder().isPresent()) {
      folder = cluster.folder().get();
    } else if (Masters.onThisMachine(master)) {
      Path made = temporaryFolder();
      temporary = Optional.of(made);
      folder = made.toString();
    } else {
      throw new TrainingException(
          "the machines of %s need a folder that all of them see, for checkpoints: say which (cluster-dir), hdfs:// and the like included"
              .formatted(master));
    }
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      temporary.ifPresent(ClusterConnection::delete);
      throw new TrainingException(
          "cannot connect to the Spark cluster %s: %s (the driver is Spark %s; the cluster must be of that version)"
              .formatted(master, e.getMessage(), Versions.here().spark()),
          e);
    }
    try {
      context.setCheckpointDir(folder);
      Executors.await(context, master);
    } catch (RuntimeException e) {
      context.stop();
      temporary.ifPresent(ClusterConnection::delete);
      throw e;
    }
    return new ClusterConnection(context, temporary);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("shallot-spark-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JavaSparkContext context() {
    return context;
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

  /** What went wrong in a job, in a sentence. */
  TrainingException failure(RuntimeException thrown) {
    return counters
        .hopeless()
        .map(reason -> new TrainingException(reason, thrown))
        .orElseGet(() -> Failures.plain(thrown));
  }

  /** Bytes that shuffles read so far; waits until Spark has counted all. */
  long countedBytes() {
    try {
      context.sc().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new TrainingException("Spark does not come to the end of its own events", e);
    }
    return counters.bytes();
  }

  /** For people: where it is. */
  String description() {
    return context.master();
  }

  /** Lets the executors try everything that a round needs; throws what they have to say. */
  void check(Broadcast<RunBrief> brief) {
    int tasks = Math.max(1, cores());
    List<Integer> numbers = RoundTasks.numbers(tasks);
    List<String> problems = new ArrayList<>();
    try {
      problems.addAll(
          context
              .parallelize(numbers, tasks)
              .map(number -> Executors.problem(brief))
              .filter(problem -> !problem.isEmpty())
              .collect());
    } catch (RuntimeException e) {
      throw failure(e);
    }
    if (!problems.isEmpty()) {
      throw new TrainingException(problems.get(0));
    }
  }

  @Override
  public void close() {
    context.stop();
    temporary.ifPresent(ClusterConnection::delete);
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
