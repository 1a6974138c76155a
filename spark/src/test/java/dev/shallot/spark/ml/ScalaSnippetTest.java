package dev.shallot.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Scala of docs/spark-ml.md, compiled by Scala's compiler and run. */
class ScalaSnippetTest {
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));

  @TempDir Path folder = Path.of("");

  @Test
  void theSnippetCompilesAndRuns() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path source = Files.writeString(folder.resolve("Prices.scala"), snippet());
    String said = compile(source, classes);
    assertFalse(said.contains("error"), said);
    try (SparkSession spark = LocalSpark.session();
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, ScalaSnippetTest.class.getClassLoader())) {
      Dataset<Row> houses =
          LocalSpark.rows(spark, 60)
              .select(
                  functions.col("list").getItem(0).as("area"),
                  functions.col("list").getItem(1).as("rooms"),
                  functions.col("label").as("price"));
      Class<?> prices = loader.loadClass("Prices");
      Object chosen = prices.getMethod("train", Dataset.class).invoke(null, houses);
      Dataset<?> predicted =
          (Dataset<?>)
              prices
                  .getMethod("predict", CrossValidatorModel.class, Dataset.class)
                  .invoke(null, chosen, houses);
      assertEquals(60, predicted.select("prediction").count());
      double[] metrics = ((CrossValidatorModel) chosen).avgMetrics();
      assertTrue(metrics[1] < metrics[0], metrics[0] + " " + metrics[1]);
    }
  }

  private static String snippet() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "spark-ml.md"));
    int from = text.indexOf("```scala\n") + "```scala\n".length();
    return text.substring(from, text.indexOf("```", from));
  }

  /** In a process of its own: the compiler wants the class path as a text, and ends the JVM. */
  private String compile(Path source, Path classes) throws IOException, InterruptedException {
    Path out = folder.resolve("scalac.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", CLASS_PATH, "scala.tools.nsc.Main", "-d", classes.toString()));
    command.addAll(List.of("-classpath", jarsAndFolders(), source.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (!process.waitFor(240, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("scalac does not end: " + Files.readString(out));
    }
    assertEquals(0, process.exitValue(), Files.readString(out));
    return Files.readString(out);
  }

  private static String jarsAndFolders() {
    List<String> there = new ArrayList<>();
    for (String entry : CLASS_PATH.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
        there.add(entry);
      }
    }
    return String.join(File.pathSeparator, there);
  }
}
