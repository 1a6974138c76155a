package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.network.Network;
import dev.shallot.run.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a process of its own. */
class CommandTest {
  @TempDir Path folder;

  private record Answer(int exitCode, String text) {}

  private Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  private Process start(List<String> settings, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx600m"));
    command.addAll(settings);
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

  private void await(Process process, BooleanSupplier sign) throws InterruptedException {
    while (process.isAlive() && !sign.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  /** Killed, resumed on smaller parts, interrupted, resumed on parts of the first size. */
  @Test
  void aRunThatIsKilledInterruptedAndResumedEndsAsOnOneMachine() throws Exception {
    data();
    Answer dense = train("--rounds", "60", "--engine", "dense", "--out", "dense");
    assertEquals(0, dense.exitCode, dense.text);
    List<String> more =
        List.of("--rounds=60", "--engine=spark", "--master=local[2]", "--checkpoint-every=3");
    List<String> words = words(more.toArray(String[]::new));
    words.addAll(List.of("--out", "spark"));
    Process process = start(words.toArray(String[]::new));
    Path checkpoint = folder.resolve("spark").resolve("checkpoint.shallot");
    await(process, () -> Files.exists(checkpoint));
    process.destroyForcibly().waitFor();
    assertTrue(Files.exists(checkpoint), output());

    FileTime before = Files.getLastModifiedTime(checkpoint);
    Process again = start(List.of("-Dspark.shallot.partBytes=1k"), "resume", "spark");
    await(again, () -> !before.equals(modified(checkpoint)));
    again.destroy();
    assertTrue(again.waitFor(60, TimeUnit.SECONDS), output());
    assertEquals(130, again.exitValue(), output());
    assertTrue(output().contains("5 parts of 64 neurons"), output());
    assertTrue(output().contains("go on      shallot resume spark"), output());

    Answer resumed = run("resume", "spark");
    assertEquals(0, resumed.exitCode, resumed.text);
    assertTrue(resumed.text.contains("parts of 256 neurons"), resumed.text);
    same("dense", "spark");
    assertTrue(resumed.text.contains("local SGD would move"), resumed.text);
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aClusterThatFailsInTheMiddleIsALineAndTheRunSaysSo() throws Exception {
    data();
    Path points = folder.resolve("points");
    List<String> words =
        words("--rounds=4000", "--engine=spark", "--master=local[2]", "--cluster-dir=points");
    words.addAll(List.of("--out", "failing"));
    Process process =
        start(List.of("-Dspark.shallot.checkpointRounds=40"), words.toArray(String[]::new));
    await(process, () -> Files.exists(folder.resolve("failing").resolve("run.json")));
    // Spark's own folder becomes a file: the next checkpoint cannot be written.
    try (Stream<Path> made = Files.list(points)) {
      Path own = made.findFirst().orElseThrow();
      Files.delete(own);
      Files.writeString(own, "");
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), output());
    assertEquals(2, process.exitValue(), output());
    String last = output().lines().toList().getLast();
    assertTrue(last.startsWith("shallot: Spark failed: "), output());
    assertTrue(
        Files.readString(folder.resolve("failing").resolve("run.json")).contains("\"failed\""));
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
