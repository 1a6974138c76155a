package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.network.Network;
import dev.shallot.run.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a process of its own. */
class CommandTest {
  @TempDir Path folder;

  private record Answer(int exitCode, String text) {}

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx600m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.shallot.cli.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private Answer run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Answer(process.waitFor(), Files.readString(folder.resolve("output.txt")));
  }

  private void data() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 60; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3 * i);
      text.append(String.format(Locale.ROOT, "%.6f,%.6f,%.6f%n", a, b, a * b));
    }
    Files.writeString(folder.resolve("data.csv"), text);
  }

  private static List<String> words(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "data.csv", "--target", "y", "--split", "0.2", "--width", "300"));
    words.addAll(List.of(more));
    return words;
  }

  private Answer train(String... more) throws IOException, InterruptedException {
    return run(words(more).toArray(String[]::new));
  }

  private void same(String one, String other) throws IOException {
    Path first = folder.resolve(one);
    Path second = folder.resolve(other);
    assertEquals(
        Files.readString(first.resolve("events.jsonl")),
        Files.readString(second.resolve("events.jsonl")));
    Network expected = ModelFile.read(first.resolve("model.shallot")).network();
    Network found = ModelFile.read(second.resolve("model.shallot")).network();
    assertArrayEquals(expected.hiddenWeights(), found.hiddenWeights());
    assertArrayEquals(expected.outputWeights(), found.outputWeights());
  }

  @Test
  void aRunThatIsKilledAndResumedEndsAsOnOneMachine() throws Exception {
    data();
    Answer dense = train("--rounds", "40", "--engine", "dense", "--out", "dense");
    assertEquals(0, dense.exitCode, dense.text);
    Process process =
        start(
            words(
                    "--rounds",
                    "40",
                    "--engine",
                    "spark",
                    "--master",
                    "local[2]",
                    "--checkpoint-every",
                    "3",
                    "--out",
                    "spark")
                .toArray(String[]::new));
    Path checkpoint = folder.resolve("spark").resolve("checkpoint.shallot");
    while (process.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertTrue(Files.exists(checkpoint), Files.readString(folder.resolve("output.txt")));
    Answer resumed = run("resume", "spark");
    assertEquals(0, resumed.exitCode, resumed.text);
    same("dense", "spark");
    assertTrue(resumed.text.contains("local SGD would move"), resumed.text);
  }

  @Test
  void whatIsMissingIsSaidInALine() throws Exception {
    data();
    Answer nobody = train("--engine", "spark", "--master", "spark://127.0.0.1:1", "--out", "a");
    assertEquals(2, nobody.exitCode, nobody.text);
    assertTrue(nobody.text.contains("no Spark master answers at spark://127.0.0.1:1"), nobody.text);
    Answer nowhere = train("--engine", "spark", "--out", "b");
    assertEquals(2, nowhere.exitCode, nowhere.text);
    assertTrue(nowhere.text.contains("--master (spark://host:7077"), nowhere.text);
    Answer unused = train("--engine", "dense", "--master", "local[1]", "--out", "c");
    assertEquals(2, unused.exitCode, unused.text);
    assertTrue(unused.text.contains("master and cluster-dir belong to engine spark"), unused.text);
    assertEquals(0, nobody.text.lines().filter(line -> line.startsWith("\tat ")).count());
  }
}
