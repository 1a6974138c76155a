package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import dev.shallot.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its own process: exit codes, streams, signals, flags of the JVM. */
class ProcessTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theDemoNeedsNothingAndGivesTheExpectedError() throws Exception {
    Cli.Result result = Cli.process(folder, Cli.FLAGS, "demo");
    assertEquals(0, result.exitCode(), result.out() + result.err());
    assertTrue(result.out().contains("they agree"), result.out());
    assertTrue(result.out().contains("G_k"), result.out());
    assertTrue(Files.exists(folder.resolve("runs/demo/report.html")));
    // A second demo replaces the first; somebody else's folder stays.
    Files.writeString(folder.resolve("runs/demo/mine.txt"), "mine");
    Cli.Result refused = Cli.process(folder, Cli.FLAGS, "demo");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("mine.txt"), refused.err());
    Files.delete(folder.resolve("runs/demo/mine.txt"));
    Cli.Result again = Cli.process(folder, Cli.FLAGS, "demo", "--json");
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(true, Json.readObject(again.out(), "standard output").get("matches"));
  }

  @Test
  void withoutTheVectorModuleTheProgramStartsItselfAgain() throws Exception {
    Cli.Result result = Cli.process(folder, List.of(), "version", "--json");
    assertEquals(0, result.exitCode());
    Map<String, Object> document = Json.readObject(result.out(), "standard output");
    assertFalse(String.valueOf(document.get("simd")).contains("without"), result.out());
    Cli.Result refused = Cli.process(folder, List.of(), "train", "absent.csv");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("absent.csv"), refused.err());
  }

  @Test
  void vectorsMayBeSwitchedOff() throws Exception {
    Cli.Result result = Cli.process(folder, List.of("-Dshallot.simd=off"), "version");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("scalar"), result.out());
  }

  @Test
  void runsAreNumberedAndProgressIsNotOnStandardOutput() throws Exception {
    Cli.run("data", "synthesize", "sphere", "--out", folder.resolve("s.csv"), "--rows", 20);
    Object[] train = {"train", "s.csv", "--target", "y", "--width=16", "--rounds=2", "--json"};
    List<String> german = new java.util.ArrayList<>(Cli.FLAGS);
    german.addAll(List.of("-Duser.language=de", "-Duser.country=DE"));
    Cli.Result result = Cli.process(folder, german, train);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        Path.of("runs", "s-1").toString(),
        Json.readObject(result.out(), "standard output").get("folder"));
    assertFalse(result.err().contains("\u001b"), "no terminal codes in a file");
    assertEquals(0, Cli.process(folder, Cli.FLAGS, train).exitCode());
    assertTrue(Files.exists(folder.resolve("runs/s-2/run.json")));
  }

  @Test
  void anInterruptEndsTheRunWithItsFilesWritten() throws Exception {
    Cli.run("data", "synthesize", "sphere", "--out", folder.resolve("s.csv"), "--rows", 20);
    Process process =
        Cli.start(
            folder,
            Cli.FLAGS,
            "train",
            "s.csv",
            "--target",
            "y",
            "--out",
            "run",
            "--rounds",
            "100000000",
            "--events-every",
            "1000",
            "--width",
            "64");
    waitFor(folder.resolve("run/events.jsonl"), process);
    Cli.interrupt(process);
    Cli.Result result = Cli.ended(folder, process);
    assertEquals(ExitCodes.INTERRUPTED, result.exitCode(), result.err());
    RunFolder run = RunFolder.open(folder.resolve("run"));
    Map<String, Object> outcome = run.section(run.read(), "outcome");
    assertEquals("interrupted", outcome.get("stopReason"));
    assertTrue(Files.exists(run.modelFile()));
    assertTrue(Files.exists(run.reportFile()));
  }

  private static void waitFor(Path file, Process process) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(file + " did not appear");
  }
}
