package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.RecordLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps in a process of their own that is killed: the exported table has the same bytes. */
class KilledSweepTest {
  private static final int CELLS = 24;

  @TempDir Path folder = Path.of("");

  private byte[] expected = new byte[0];

  private static List<Object> command(Path out) {
    return new ArrayList<>(
        Arrays.asList(
            "sweep",
            "synthetic:tabular,rows=60,features=20",
            "--grid",
            "keep=0.3,0.5,0.7,1",
            "--grid",
            "subnets=1:3",
            "--seeds",
            "2",
            "--width",
            "256",
            "--rounds",
            "60",
            "--batch",
            "full",
            "--precision",
            "float64",
            "--out",
            out));
  }

  @BeforeEach
  void neverKilled() throws IOException {
    Path whole = folder.resolve("whole");
    List<Object> command = command(whole);
    command.addAll(List.of("--workers", 1));
    assertEquals(0, Cli.run(command.toArray()).exitCode());
    expected = exported(whole);
  }

  private static byte[] exported(Path sweep) throws IOException {
    assertEquals(0, Cli.run("export", sweep, "--format", "csv").exitCode());
    return Files.readAllBytes(sweep.resolve("cells.csv"));
  }

  @Test
  void fourKills() throws Exception {
    kills(4, new Random().nextLong());
  }

  @Test
  @Tag("slow")
  void fiftyKills() throws Exception {
    kills(50, new Random().nextLong());
  }

  private void kills(int times, long seed) throws Exception {
    Random random = new Random(seed);
    int midway = 0;
    for (int i = 0; i < times; i++) {
      String trial = "seed %d, kill %d".formatted(seed, i);
      Path sweep = folder.resolve("killed" + i);
      // The moment is a size of the log, reached or just being written, and a little more.
      int size = random.nextInt(CELLS * 800);
      Process process = Cli.start(folder, Cli.FLAGS, command(sweep).toArray());
      waitFor(sweep.resolve("cells.jsonl"), size, process);
      Thread.sleep(random.nextInt(20));
      process.destroyForcibly().waitFor();
      int before = RecordLog.read(sweep.resolve("cells.jsonl")).size();
      midway += before > 0 && before < CELLS ? 1 : 0;
      // Both ways to go on; a sweep that was killed before it began can only be begun again.
      boolean resume = i % 2 == 0 && Files.exists(sweep.resolve("sweep.json"));
      Object[] on = resume ? new Object[] {"resume", sweep} : command(sweep).toArray();
      assertEquals(0, Cli.run(on).exitCode(), trial);
      assertArrayEquals(expected, exported(sweep), trial);
      List<Map<String, Object>> cells = RecordLog.read(sweep.resolve("cells.jsonl"));
      assertEquals(CELLS, cells.size(), trial + ": nothing twice");
    }
    assertTrue(midway > 0, "seed " + seed + ": no kill fell between the first cell and the last");
  }

  private static void waitFor(Path file, long size, Process process) throws Exception {
    for (int i = 0; i < 20_000 && process.isAlive(); i++) {
      if (Files.exists(file) && Files.size(file) >= size) {
        return;
      }
      Thread.sleep(2);
    }
  }

  @Test
  void anInterruptAnswers130AndTheSameCommandGoesOn() throws Exception {
    Path sweep = folder.resolve("interrupted");
    Process process = Cli.start(folder, Cli.FLAGS, command(sweep).toArray());
    waitFor(sweep.resolve("cells.jsonl"), 1, process);
    Cli.interrupt(process);
    Cli.Result result = Cli.ended(folder, process);
    assertEquals(ExitCodes.INTERRUPTED, result.exitCode(), result.err());
    assertTrue(result.err().contains("go on with the same command"), result.err());
    assertEquals(0, Cli.run("resume", sweep).exitCode());
    assertArrayEquals(expected, exported(sweep));
  }
}
