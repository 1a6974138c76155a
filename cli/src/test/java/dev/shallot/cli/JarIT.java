package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one runnable jar, and the launcher that starts it. */
class JarIT {
  @TempDir Path folder = Path.of("");

  private Cli.Result run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    return Cli.ended(folder, process);
  }

  private Cli.Result jar(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "shallot.jar").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  @Test
  void theJarHasNothingOfSparkAndSaysHowToGetIt() throws Exception {
    try (JarFile jar = new JarFile(Path.of("target", "shallot.jar").toFile())) {
      assertEquals(
          List.of(),
          jar.stream()
              .map(JarEntry::getName)
              .filter(
                  name ->
                      name.startsWith("org/apache/spark")
                          || name.startsWith("scala/")
                          || name.startsWith("dev/shallot/spark"))
              .toList());
    }
    Files.writeString(folder.resolve("t.csv"), "a,y\n1,2\n2,3\n3,5\n4,4\n");
    Cli.Result result =
        jar("train", "t.csv", "--target=y", "--engine=spark", "--master=local[1]", "--out=x");
    assertEquals(2, result.exitCode(), result.err());
    assertTrue(result.err().contains("engine spark needs Spark 4"), result.err());
  }

  @Test
  void theJarReadsParquetAndWritesARun() throws Exception {
    Path parquet = folder.resolve("t.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "copy (select mod(i, 7) as a, mod(i, 5) as b, mod(i, 7) * 2 - mod(i, 5) as y from range(40) t(i)) to '%s' (format parquet)"
              .formatted(parquet));
    }
    Cli.Result result =
        jar("train", "t.parquet", "--target", "y", "--width=32", "--rounds=3", "--json");
    assertEquals(0, result.exitCode(), result.err());
    Map<String, Object> document = Json.readObject(result.out(), "standard output");
    assertEquals(Path.of("runs", "t-1").toString(), document.get("folder"));
    assertTrue(result.out().contains("bit vectors"), "restarted with the vector module");
    Path report = folder.resolve("runs/t-1/report.html");
    assertTrue(Files.size(report) > 500_000, "the chart library is inside");
    assertEquals(0, jar("predict", "runs/t-1", "t.parquet").exitCode());
    assertEquals(2, jar("predict", "runs/t-1", "absent.csv").exitCode());
  }

  /** As docs/interop.md says it. */
  @Test
  void theJarIsALibraryToo() throws Exception {
    Cli.Result result =
        run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            Path.of("target", "shallot.jar").toAbsolutePath().toString(),
            Path.of("..", "examples", "HousePrices.java").toAbsolutePath().toString());
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("120 square metres at the harbour: "), result.out());
  }

  @Test
  void theLauncherWorksFromAnywhereAndThroughALink() throws Exception {
    Path launcher = Path.of("..", "shallot").toAbsolutePath().normalize();
    Path link = Files.createSymbolicLink(folder.resolve("a link"), launcher);
    Cli.Result result = run(link.toString(), "version", "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("0.1.0", Json.readObject(result.out(), "standard output").get("version"));
    assertEquals("", result.err(), "no build: the jar is newer than its sources");
    assertEquals(2, run(link.toString(), "train", "absent.csv").exitCode());
  }
}
