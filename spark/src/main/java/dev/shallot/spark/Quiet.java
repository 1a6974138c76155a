package dev.shallot.spark;

/** Keeps Spark's log to what a user can do something about. */
final class Quiet {
  private static final String PROPERTY = "log4j2.configurationFile";

  private Quiet() {}

  /**
   * To be called before anything of Spark: it looks for its log's settings when the first of its
   * classes is loaded. Whoever chose some, or started this by spark-submit, keeps them.
   */
  static void log() {
    if (System.getProperty(PROPERTY) == null && System.getProperty("SPARK_SUBMIT") == null) {
      System.setProperty(PROPERTY, "classpath:dev/shallot/spark/log4j2.properties");
    }
  }
}
