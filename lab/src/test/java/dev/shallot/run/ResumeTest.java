package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.engine.RoundReport;
import dev.shallot.file.WholeFile;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import dev.shallot.training.TrainingMoment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped, in whatever way, becomes the run that was never stopped. */
class ResumeTest {
  @TempDir Path folder = Path.of("");

  static TrainingListener interruptAfter(int rounds) {
    StopRequest stop = new StopRequest();
    return new TrainingListener() {
      @Override
      public void roundDone(long round, RoundReport report) {
        if (round + 1 == rounds) {
          stop.request("enough");
        }
      }

      @Override
      public Optional<StopReason> stop() {
        return stop.stop();
      }
    };
  }

  static RunResult resume(Path run, TrainingListener... listeners) {
    try (Resume resume = Resume.open(run)) {
      return resume.execute(resume.data(Optional.empty()), List.of(listeners));
    }
  }

  static PlanDocument plan(String words) {
    List<String> flags = new ArrayList<>(List.of("rounds", "9"));
    flags.addAll(List.of(words.split("[ =]")));
    return TestRuns.plan(flags.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine=dense batch=7 train=both precision=float32 split=0.2",
        "engine=dense batch=7 train=both precision=float64 events=steps activation=gelu",
        "engine=gram precision=float64",
        "engine=gram precision=float32 step-size=auto",
        "engine=gram precision=float32 train=both output-step-size=0.01",
        "engine=reference aggregation=zero-uncovered",
        "engine=reference momentum=0.8 schedule=steps schedule-every=2 aggregation=zero-uncovered",
        "engine=dense batch=7 train=both momentum=0.9 schedule=cosine warm-up=2 precision=float32",
        "engine=dense momentum=0.9 split=0.2 stop-held-out=50 events-every=2",
        "engine=dense momentum=0.9 validation=0.3 stop-held-out=50 track=flips batch=5",
        "engine=gram track=all track-every=2 threads=2",
        "engine=dense precision=float32 events-every=4 track=flips,displacement"
      })
  void anInterruptedRunGoesOnToTheSameBytes(String words) throws IOException {
    RunResult whole = TestRuns.run(folder, "whole", plan(words));
    assertFalse(Files.exists(whole.folder().checkpointFile()));
    for (int rounds : new int[] {1, 4, 8}) {
      Path run = folder.resolve("run-" + rounds);
      RunResult part = TestRuns.run(folder, "run-" + rounds, plan(words), interruptAfter(rounds));
      assertEquals(StopReason.Kind.INTERRUPTED, part.outcome().reason().kind());
      assertEquals("interrupted", part.folder().stopReason());
      assertEquals(rounds, part.outcome().rounds());
      assertTrue(Files.exists(part.folder().checkpointFile()));
      assertTrue(Files.exists(part.folder().modelFile()), "what was learned so far");
      if (rounds < 8) {
        // Once more, and not before the end.
        assertEquals(rounds + 1, resume(run, interruptAfter(rounds + 1)).outcome().rounds());
      }
      resume(run);
      SameRun.check(whole.folder().path(), run);
    }
  }

  @Test
  void aRuleStopsAResumedRunWhereItWouldHaveStopped() throws IOException {
    PlanDocument plan =
        TestRuns.plan("rounds", "400", "stop-plateau", "3", "stop-patience", "4", "seed", "5");
    RunResult whole = TestRuns.run(folder, "whole", plan);
    int rounds = (int) whole.outcome().rounds();
    assertEquals(StopReason.Kind.PLATEAU, whole.outcome().reason().kind());
    assertTrue(rounds > 6, "this test needs some rounds, there were " + rounds);
    for (int last : new int[] {2, rounds - 1}) {
      Path run = folder.resolve("run-" + last);
      TestRuns.run(folder, "run-" + last, plan, interruptAfter(last));
      resume(run);
      SameRun.check(whole.folder().path(), run);
    }
    RunFolder folder = whole.folder();
    Replay.Result replayed =
        new Replay(folder, RunData.of(folder, Optional.empty())).execute(List.of());
    assertEquals(Optional.empty(), replayed.difference());
    assertEquals(rounds, replayed.rounds());
  }

  /** Failures are counted across the interruption: the second of three was before it. */
  @Test
  void earlyStoppingStopsAResumedRunWhereItWouldHaveStopped() throws IOException {
    PlanDocument plan =
        TestRuns.plan("rounds", "400", "split", "0.3", "stop-held-out", "3", "momentum", "0.9");
    RunResult whole = TestRuns.run(folder, "whole", plan);
    int rounds = (int) whole.outcome().rounds();
    assertEquals(StopReason.Kind.HELD_OUT, whole.outcome().reason().kind());
    assertTrue(rounds > 3, "this test needs some rounds, there were " + rounds);
    for (int last : new int[] {rounds - 2, rounds - 1}) {
      Path run = folder.resolve("run-" + last);
      TestRuns.run(folder, "run-" + last, plan, interruptAfter(last));
      resume(run);
      SameRun.check(whole.folder().path(), run);
    }
  }

  @Test
  void anInterruptionThatComesWithTheLastRoundIsNone() {
    RunResult run = TestRuns.run(folder, "run", plan("seed=5"), interruptAfter(9));
    assertEquals(StopReason.Kind.ROUNDS_DONE, run.outcome().reason().kind());
    assertFalse(Files.exists(run.folder().checkpointFile()));
  }

  /** Copies the folder as a kill would leave it: when a round begins, and while it is written. */
  private TrainingListener killedAtEachRound(Path run) {
    return new TrainingListener() {
      @Override
      public void between(TrainingMoment moment, Optional<StopReason> stop) {
        try {
          SameRun.snapshot(run, folder.resolve("killed-" + moment.rounds()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Test
  void aKilledRunGoesOnFromItsLastCheckpointWhateverTheInterval() throws IOException {
    RunResult whole = TestRuns.run(folder, "whole", plan("engine=gram checkpoint-every=off"));
    for (String every : List.of("1", "4", "20")) {
      PlanDocument plan = plan("engine=gram checkpoint-every=" + every);
      RunResult run = TestRuns.run(folder, "run", plan, killedAtEachRound(folder.resolve("run")));
      assertEquals(whole.outcome().last(), run.outcome().last(), "checkpoints change nothing");
      assertEquals(
          Files.readString(whole.folder().eventsFile()),
          Files.readString(run.folder().eventsFile()));
      for (int rounds = 1; rounds <= 9; rounds++) {
        Path killed = folder.resolve("killed-" + rounds);
        assertEquals("running", RunFolder.open(killed).stopReason());
        if (rounds % 2 == 0) {
          // A line that was being written, and a file.
          Files.writeString(
              killed.resolve("events.jsonl"),
              "{\"round\":7,\"ty",
              java.nio.file.StandardOpenOption.APPEND);
          Files.writeString(killed.resolve(".model.shallot.123-1.tmp"), "half");
        }
        long interval = Long.parseLong(every);
        long done = Math.min(rounds, 8) / interval * interval;
        try (Resume resume = Resume.open(killed)) {
          assertEquals(done == 0 ? Optional.empty() : Optional.of(done), resume.rounds());
          resume.execute(resume.data(Optional.empty()), List.of());
        }
        SameRun.check(run.folder().path(), killed);
        delete(killed);
      }
      delete(run.folder().path());
    }
  }

  private static void delete(Path run) throws IOException {
    for (String name : SameRun.names(run)) {
      Files.delete(run.resolve(name));
    }
    Files.delete(run);
  }

  @Test
  void aCheckpointThatIsCutOffAtAnyStageLeavesOneToGoOnFrom() throws IOException {
    PlanDocument plan = plan("checkpoint-every=3 target=y");
    Path table = TestRuns.table(folder);
    List<String> copies = new ArrayList<>();
    WholeFile.Probe probe =
        (stage, temporary) -> {
          String name = "cut-" + copies.size() + "-" + stage;
          copies.add(name);
          SameRun.snapshot(folder.resolve("run"), folder.resolve(name));
          if (stage == WholeFile.Stage.WRITTEN) {
            Path half = folder.resolve(name).resolve(temporary.getFileName());
            byte[] bytes = Files.readAllBytes(half);
            Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length / 2));
          }
        };
    RunRequest request =
        new RunRequest(plan, Run.prepare(plan, table), folder.resolve("run"), "test", List.of());
    RunResult whole = Run.execute(request, probe);
    assertEquals(2 * 3, copies.size(), "two checkpoints, three stages");
    for (int i = 0; i < copies.size(); i++) {
      Path cut = folder.resolve(copies.get(i));
      long before = i < 3 ? 0 : 3;
      long expected = copies.get(i).endsWith("MOVED") ? before + 3 : before;
      try (Resume resume = Resume.open(cut)) {
        assertEquals(expected, resume.rounds().orElse(0L), copies.get(i));
        resume.execute(resume.data(Optional.empty()), List.of());
      }
      SameRun.check(whole.folder().path(), cut);
    }
  }

  @Test
  void aRunThatFailsSaysSoAndCanGoOn() throws IOException {
    RunResult whole = TestRuns.run(folder, "whole", plan("checkpoint-every=2"));
    TrainingListener broken =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            if (round == 5) {
              throw new IllegalStateException("disk on fire");
            }
          }
        };
    assertThrows(
        IllegalStateException.class,
        () -> TestRuns.run(folder, "run", plan("checkpoint-every=2"), broken));
    assertEquals("failed", RunFolder.open(folder.resolve("run")).stopReason());
    resume(folder.resolve("run"));
    SameRun.check(whole.folder().path(), folder.resolve("run"));
  }

  @Test
  void aModelThatCannotBeWrittenIsAFailedRun() throws IOException {
    TrainingListener obstacle =
        new TrainingListener() {
          @Override
          public void finished(StopReason reason) {
            try {
              // A folder of that name, with something in it, cannot be replaced.
              Files.createDirectories(folder.resolve("run/model.shallot/x"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    assertThrows(RunException.class, () -> TestRuns.run(folder, "run", TestRuns.plan(), obstacle));
    assertEquals("failed", RunFolder.open(folder.resolve("run")).stopReason());
  }

  @Test
  void aFolderThatAppearsMeanwhileWinsAndNothingElseIsLeft() throws IOException {
    TrainingListener faster =
        new TrainingListener() {
          @Override
          public void engineChosen(String engine, String why) {
            try {
              Files.createDirectories(folder.resolve("run"));
              Files.writeString(folder.resolve("run/mine.txt"), "mine");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    String message = TestRuns.refusal(() -> TestRuns.run(folder, "run", plan("seed=5"), faster));
    assertTrue(message.contains("exists already"), message);
    assertEquals(List.of("mine.txt"), SameRun.names(folder.resolve("run")));
    assertEquals(List.of("run", "table.csv"), SameRun.names(folder));
  }

  @Test
  void aDivergedRunIsFinished() {
    RunResult run = TestRuns.run(folder, "run", plan("checkpoint-every=1 step-size=1e6"));
    assertTrue(run.outcome().diverged());
    assertFalse(Files.exists(run.folder().checkpointFile()));
    try (Resume resume = Resume.open(run.folder().path())) {
      assertTrue(resume.finished());
    }
  }

  @Test
  void theCheckpointIsDeletedWithItsRun() {
    RunResult run = TestRuns.run(folder, "run", plan("seed=5"), interruptAfter(3));
    run.folder().delete("test");
    assertFalse(Files.exists(run.folder().path()));
  }
}
