package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import dev.shallot.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code resume} and {@code replay} as a person meets them. */
class ResumeCommandTest {
  @TempDir Path folder = Path.of("");
  private Path data = Path.of("");
  private Path run = Path.of("");

  @BeforeEach
  void makeData() {
    data = folder.resolve("s.csv");
    run = folder.resolve("run");
    Cli.run("data", "synthesize", "sphere", "--out", data, "--rows", 20);
  }

  private Cli.Result train(Object... more) {
    Object[] all = {"train", data, "--target=y", "--out", run, "--width=32", "--rounds=6"};
    Object[] both = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, both, all.length, more.length);
    return Cli.run(both);
  }

  @Test
  void aTerminatedRunSaysHowToGoOnAndDoes() throws Exception {
    Process process =
        Cli.start(
            folder,
            Cli.FLAGS,
            "train",
            "s.csv",
            "--target=y",
            "--out=run",
            "--rounds=400",
            "--width=128",
            "--threads=1");
    while (process.isAlive() && !Files.exists(run.resolve("events.jsonl"))) {
      Thread.sleep(20);
    }
    process.destroy();
    Cli.Result stopped = Cli.ended(folder, process);
    assertEquals(ExitCodes.INTERRUPTED, stopped.exitCode(), stopped.err());
    assertTrue(stopped.out().contains("go on      shallot resume run"), stopped.out());
    assertEquals("interrupted", RunFolder.open(run).stopReason());
    assertTrue(Files.exists(run.resolve("checkpoint.shallot")));
    Cli.Result refused = train();
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("shallot resume " + run), refused.err());
    assertEquals(0, Cli.run("predict", run, data).exitCode(), "what was learned so far");

    // The run knows its data by the name that it had; elsewhere it must be told.
    Cli.Result lost = Cli.run("resume", run);
    assertEquals(2, lost.exitCode());
    assertTrue(lost.err().contains("--data"), lost.err());
    Cli.Result resumed = Cli.run("resume", run, "--data", data);
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.out().contains("the run was interrupted; going on after round"));
    assertTrue(resumed.out().contains("after 400 rounds"), resumed.out());
    Cli.Result again = Cli.run("resume", run);
    assertEquals(0, again.exitCode());
    assertTrue(again.out().contains("nothing to go on with"), again.out());
    Cli.Result replayed = Cli.run("replay", run, "--data", data);
    assertEquals(0, replayed.exitCode(), replayed.out() + replayed.err());
    assertTrue(replayed.out().contains("and the model bit for bit"), replayed.out());
  }

  @Test
  void aReplayTellsTheFirstDifferenceAndAnswersOne() throws Exception {
    assertEquals(0, train("--checkpoint-every=2").exitCode());
    assertFalse(Files.exists(run.resolve("checkpoint.shallot")), "the run is at its end");
    Cli.Result same = Cli.run("replay", run, "--json");
    assertEquals(0, same.exitCode(), same.out());
    Map<String, Object> document = Json.readObject(same.out(), "standard output");
    assertEquals(true, document.get("identical"));
    assertEquals(7, document.get("events"));
    Path events = run.resolve("events.jsonl");
    String changed =
        Files.readString(events)
            .replace("\"round\":3,\"type\":\"aggregated\",\"error\":", "$0")
            .replaceFirst("\\$0", "\"round\":3,\"type\":\"aggregated\",\"error\":1");
    Files.writeString(events, changed);
    Cli.Result different = Cli.run("replay", run);
    assertEquals(ExitCodes.DIFFERENT, different.exitCode());
    assertTrue(different.out().contains("round 3, aggregated, error: recorded 1"), different.out());
    assertTrue(different.out().contains(", replayed "), different.out());
  }

  @Test
  void whatIsNoRunIsRefused() {
    for (String command : new String[] {"resume", "replay"}) {
      Cli.Result absent = Cli.run(command, folder.resolve("absent"));
      assertEquals(2, absent.exitCode());
      assertTrue(absent.err().contains("there is no run folder"), absent.err());
      assertEquals(2, Cli.run(command, folder).exitCode());
    }
  }
}
