package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.Cluster;
import dev.shallot.network.NetworkRows;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;

/**
 * Spark's settings of a run: what the user set, by spark-submit or as a property of the JVM, and
 * what this engine needs where the user said nothing.
 */
final class ClusterSettings {
  private static final String VECTORS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC";

  private ClusterSettings() {}

  static SparkConf of(Cluster cluster) {
    SparkConf conf = new SparkConf();
    cluster.master().ifPresent(conf::setMaster);
    if (!conf.contains("spark.master")) {
      throw new TrainingException(
          "engine spark works on other machines: say where they are with --master"
              + " (spark://host:7077, yarn, local[2]), or start the program by spark-submit");
    }
    conf.setIfMissing("spark.app.name", "shallot");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.log.level", "ERROR");
    // Weights do not compress, and the counters should count them.
    conf.setIfMissing("spark.shuffle.compress", "false");
    conf.setIfMissing("spark.shuffle.spill.compress", "false");
    // Parts must stay where they are; subnets should be spread, not gathered where many rows are.
    conf.setIfMissing("spark.shuffle.reduceLocality.enabled", "false");
    conf.setIfMissing("spark.cleaner.referenceTracking.cleanCheckpoints", "true");
    conf.set(
        "spark.executor.extraJavaOptions",
        (VECTORS + " " + conf.get("spark.executor.extraJavaOptions", "")).strip());
    String jars = ownJars();
    if (!jars.isEmpty() && !conf.contains("spark.jars")) {
      conf.set("spark.jars", jars);
    }
    return conf;
  }

  /** The jars that this program runs from: the executors need them too. */
  private static String ownJars() {
    Set<String> jars = new LinkedHashSet<>();
    for (Class<?> type : List.of(NetworkRows.class, SparkEngine.class)) {
      try {
        Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (place.toString().endsWith(".jar")) {
          jars.add(place.toUri().toString());
        }
      } catch (URISyntaxException e) {
        throw new TrainingException("the program's own jar has no name: " + e.getMessage(), e);
      }
    }
    return String.join(",", jars);
  }
}
