package dev.shallot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the repository, compiled and run as its comment says. */
class ExampleTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theExampleRuns() throws IOException, InterruptedException {
    Path example = Path.of("..", "examples", "HousePrices.java").toAbsolutePath().normalize();
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path", "")),
                example.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(240, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the example does not end: " + Files.readString(out));
    }
    String text = Files.readString(out);
    assertEquals(0, process.exitValue(), text);
    assertTrue(text.contains("round 150 of 150"), text);
    assertTrue(text.contains("120 square metres at the harbour: "), text);
  }
}
