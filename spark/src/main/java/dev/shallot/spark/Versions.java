package dev.shallot.spark;

import java.io.Serializable;
import java.util.Optional;

/**
 * What must be the same on the driver and on all executors, for equal bits or at all.
 *
 * @param shallot this program
 * @param spark Spark
 * @param java the JVM's feature release: StrictMath is exact in all, but class files are not
 */
record Versions(String shallot, String spark, String java) implements Serializable {

  static Versions here() {
    return new Versions(
        Build.VERSION,
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        String.valueOf(Runtime.version().feature()));
  }

  /** How the driver's and these differ, in words. */
  Optional<String> differ(Versions driver) {
    if (equals(driver)) {
      return Optional.empty();
    }
    return Optional.of(
        "an executor runs Shallot %s, Spark %s, Java %s, but the driver Shallot %s, Spark %s, Java %s: they must be the same"
            .formatted(shallot, spark, java, driver.shallot, driver.spark, driver.java));
  }
}
