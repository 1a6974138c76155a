package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the two jars and Spark's, as users have them. */
class LauncherIT {
  @TempDir Path folder = Path.of("");

  @Test
  void aPlanFileThatAsksForSparkGetsIt() throws Exception {
    Files.writeString(folder.resolve("t.csv"), "a,y\n1,2\n2,3\n3,5\n4,4\n");
    Files.writeString(
        folder.resolve("plan.json"),
        "{\"engine\":\"spark\", \"master\":\"local[2]\", \"target\":\"y\", \"rounds\":2}");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of("..", "shallot").toAbsolutePath().normalize().toString(),
                "train",
                "t.csv",
                "--plan",
                "plan.json",
                "--out",
                "run")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().remove("SPARK_HOME");
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(folder.resolve("said.txt"));
    assertEquals(0, process.exitValue(), said);
    assertTrue(said.contains("engine     spark 4."), said);
    assertTrue(said.contains("moved "), said);
    assertEquals(0, said.lines().filter(line -> line.startsWith("\tat ")).count(), said);
  }
}
