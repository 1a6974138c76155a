package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.Cluster;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What the user set stays; what the engine cannot do without is added. */
class ClusterSettingsTest {
  private static final String VECTORS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED";

  private static SparkConf settings(Map<String, String> given) {
    Cluster cluster =
        new Cluster(Optional.of("local[1]"), Optional.empty(), new SmallData(1, 1, 1, 1));
    return Settings.with(given, () -> ClusterSettings.of(cluster));
  }

  @Test
  void aCollectorThatIsChosenIsTheOnlyOne() {
    String options = "spark.executor.extraJavaOptions";
    assertEquals(VECTORS + " -XX:+UseParallelGC", settings(Map.of()).get(options));
    assertEquals(
        VECTORS + " -XX:+UseG1GC -Xss2m",
        settings(Map.of(options, "-XX:+UseG1GC -Xss2m")).get(options));
    assertEquals(
        VECTORS + " -XX:+UseParallelGC -Xss2m", settings(Map.of(options, "-Xss2m")).get(options));
  }

  @Test
  void ownJarsComeToThoseThatAreGivenOnce() {
    assertEquals("/a/own.jar", ClusterSettings.jars("", java.util.List.of("/a/own.jar")));
    assertEquals(
        "/their.jar,/a/own.jar",
        ClusterSettings.jars("/their.jar", java.util.List.of("/a/own.jar")));
    assertEquals(
        "/other/own.jar", ClusterSettings.jars("/other/own.jar", java.util.List.of("/a/own.jar")));
  }

  @Test
  void recordsTravelInJavasOwnWay() {
    assertEquals(
        "org.apache.spark.serializer.JavaSerializer",
        settings(Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"))
            .get("spark.serializer"));
  }
}
