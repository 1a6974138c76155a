package dev.shallot.spark;

import dev.shallot.TrainingException;
import dev.shallot.engine.Cluster;
import dev.shallot.network.NetworkRows;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * Spark's settings of a run: what the user set, by spark-submit or as a property of the JVM, and
 * what this engine needs where the user said nothing.
 */
final class ClusterSettings {
  private static final String VECTORS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED";

  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC\\b");

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
    // Weights do not compress, and the counters should count them.
    conf.setIfMissing("spark.shuffle.compress", "false");
    conf.setIfMissing("spark.shuffle.spill.compress", "false");
    // Parts must stay where they are; subnets should be spread, not gathered where many rows are.
    conf.setIfMissing("spark.shuffle.reduceLocality.enabled", "false");
    conf.setIfMissing("spark.cleaner.referenceTracking.cleanCheckpoints", "true");
    // Of this module's own classes: records do without a registration there.
    conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    // All cores that were asked for, or half a minute: who is there is asked before the first
    // round.
    conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    conf.set(
        "spark.executor.extraJavaOptions",
        executorOptions(conf.get("spark.executor.extraJavaOptions", "")));
    String jars = jars(conf.get("spark.jars", ""), ownJars());
    if (!jars.isEmpty()) {
      conf.set("spark.jars", jars);
    }
    return conf;
  }

  /** The user's options with what the kernels need; a JVM takes one collector only. */
  static String executorOptions(String given) {
    String collector = COLLECTOR.matcher(given).find() ? "" : " -XX:+UseParallelGC";
    return (VECTORS + collector + " " + given).strip();
  }

  /** The user's jars with those that this program runs from: the executors need them too. */
  static String jars(String given, Collection<String> own) {
    Set<String> jars = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (String jar : given.split(",", -1)) {
      if (!jar.isBlank()) {
        jars.add(jar.strip());
        names.add(name(jar.strip()));
      }
    }
    own.stream().filter(jar -> names.add(name(jar))).forEach(jars::add);
    return String.join(",", jars);
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static Set<String> ownJars() {
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
    return jars;
  }
}
