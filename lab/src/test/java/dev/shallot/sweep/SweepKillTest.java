package dev.shallot.sweep;

import static dev.shallot.sweep.SweepTest.facts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that was cut off, damaged or interrupted. */
class SweepKillTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aKilledSweepGoesOnWithoutDuplicateOrLoss() throws IOException {
    SweepSpec spec = TestSweeps.grid();
    Path whole = folder.resolve("whole");
    List<Object> all = facts(TestSweeps.run(spec, whole, 1).cells());
    byte[] log = Files.readAllBytes(whole.resolve("cells.jsonl"));
    // Every cut of the log by 1 to 100 bytes is what a kill may leave.
    int fourth = lineEnd(log, 4);
    for (int cut : new int[] {fourth, fourth - 1, fourth - 2, fourth - 50, fourth - 100, 3, 0}) {
      Path part = folder.resolve("cut" + cut);
      Files.createDirectory(part);
      Files.copy(whole.resolve("sweep.json"), part.resolve("sweep.json"));
      Files.write(part.resolve("cells.jsonl"), java.util.Arrays.copyOf(log, cut));
      TestSweeps.Seen seen = new TestSweeps.Seen();
      SweepResult resumed = Sweep.resume(part, Optional.empty(), TestSweeps.settings(2), seen);
      assertEquals(all, facts(resumed.cells()), "cut at byte " + cut);
      int before = cut == fourth ? 4 : cut > 3 ? 3 : 0;
      assertEquals(before, seen.before);
      assertEquals(12 - before, seen.hashes.size());
      assertEquals(cut == fourth || cut == 0, seen.remarks.isEmpty(), seen.remarks.toString());
      List<String> lines = Files.readAllLines(part.resolve("cells.jsonl"));
      assertEquals(
          12, new LinkedHashSet<>(lines.stream().map(l -> l.substring(0, 44)).toList()).size());
      assertEquals(12, lines.size());
    }
  }

  private static int lineEnd(byte[] bytes, int lines) {
    int found = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' && ++found == lines) {
        return i + 1;
      }
    }
    throw new AssertionError("fewer lines");
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    Path sweep = folder.resolve("s");
    SweepSpec spec = SweepSpec.of(TestSweeps.plan(), List.of(GridText.axis("keep=0.5,1")));
    TestSweeps.run(spec, sweep, 1);
    for (String name : List.of("cells.jsonl", "sweep.json")) {
      Path file = sweep.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int i = 0; i < good.length; i++) {
        byte[] bad = good.clone();
        bad[i] ^= 1;
        Files.write(file, bad);
        // A damaged last line end looks like a record that was cut off: it is run again.
        if (name.equals("cells.jsonl") && i == good.length - 1) {
          assertEquals(1, Sweep.read(sweep).cells().size());
          continue;
        }
        String message = TestSweeps.refusal(() -> Sweep.read(sweep));
        assertTrue(message.contains(name), message);
      }
      for (int cut = 1; cut <= 100; cut++) {
        Files.write(file, java.util.Arrays.copyOf(good, good.length - cut));
        if (name.equals("sweep.json")) {
          assertTrue(TestSweeps.refusal(() -> Sweep.read(sweep)).contains("damaged or cut off"));
        } else {
          assertEquals(1, Sweep.read(sweep).cells().size());
        }
      }
      Files.write(file, good);
    }
    assertEquals(2, Sweep.read(sweep).cells().size());
  }

  @Test
  void anInterruptKeepsWhatIsFinishedAndNothingElse() {
    SweepSpec spec = TestSweeps.grid();
    List<Object> all = facts(TestSweeps.run(spec, folder.resolve("whole"), 1).cells());
    int[] rounds = new int[1];
    // Six rounds a cell: the third cell is at its second round.
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public Optional<StopReason> stop() {
            return rounds[0]++ < 2 * 7 + 3
                ? Optional.empty()
                : Optional.of(new StopReason(StopReason.Kind.STOPPED, "enough"));
          }
        };
    Path part = folder.resolve("part");
    SweepResult first =
        Sweep.run(
            spec,
            SweepData.of(TestSweeps.DATA),
            part,
            new SweepSettings(1, false, false, stop),
            SweepWatch.NOTHING,
            1);
    assertEquals("enough", first.ended().orElseThrow());
    assertEquals(2, first.cells().size());
    assertFalse(first.complete());
    assertEquals(all.subList(0, 4), facts(first.cells()));
    assertEquals(all, facts(TestSweeps.run(spec, part, 2).cells()));
  }
}
