package dev.shallot.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.PreparedData;
import dev.shallot.data.TableFormat;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.Run;
import dev.shallot.run.RunOutcome;
import dev.shallot.run.RunRequest;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep is its cells' runs, whatever happens on the way. */
class SweepTest {
  @TempDir Path folder = Path.of("");

  /** What a sweep gave, but for the time it took. */
  static List<Object> facts(List<CellResult> cells) {
    List<Object> facts = new ArrayList<>();
    for (CellResult cell : cells) {
      Map<String, Object> map = CellRecord.of(cell);
      map.remove("seconds");
      facts.add(map.toString());
      facts.add(cell.index());
    }
    return facts;
  }

  private static PreparedData prepared(PlanDocument plan) {
    return PreparedData.prepare(TestSweeps.DATA.table(TableFormat.detect()), plan.dataPlan());
  }

  @Test
  void aCellIsTheRunOfItsPlan() {
    SweepResult sweep = TestSweeps.run(TestSweeps.grid(), folder.resolve("sweep"), 2);
    assertEquals(12, sweep.cells().size());
    for (int i = 0; i < 12; i += 5) {
      CellResult cell = sweep.cells().get(i);
      PlanDocument plan =
          TestSweeps.plan().withFlags(cell.at()).withFlags(Map.of("events", "steps"));
      TraceRecorder recorder = new TraceRecorder();
      RunOutcome run =
          Run.execute(
                  new RunRequest(
                      plan, prepared(plan), folder.resolve("run" + i), "test", List.of(recorder)))
              .outcome();
      assertEquals(run.last().error(), cell.finalError());
      assertEquals(run.initial().error(), cell.errors()[0]);
      assertEquals(run.steps().hidden(), cell.stepSize());
      assertArrayEquals(recorder.trace().errors(), cell.errors());
      assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 6}, cell.rounds());
      assertArrayEquals(recorder.trace().sampled(), cell.trace().sampled(), 1e-12);
      assertTrue(Double.isNaN(cell.trace().sampled()[0]));
      assertEquals(0, cell.trace().localSteps());
      assertEquals(2, recorder.trace().localSteps());
    }
  }

  @Test
  void theSameResultsForAnyNumberOfWorkersAndInAnyOrder() {
    List<Object> one = facts(TestSweeps.run(TestSweeps.grid(), folder.resolve("one"), 1).cells());
    assertEquals(one, facts(TestSweeps.run(TestSweeps.grid(), folder.resolve("two"), 2).cells()));
    assertEquals(one, facts(TestSweeps.run(TestSweeps.grid(), folder.resolve("seven"), 7).cells()));
    assertEquals(one, facts(Sweep.read(folder.resolve("seven")).cells()));
  }

  @Test
  void neverMoreThreadsThanThereAreCoresFor() {
    for (int threads : new int[] {1, 2}) {
      Set<String> atOnce = new ConcurrentSkipListSet<>();
      List<Integer> counted = new ArrayList<>();
      TrainingListener count =
          new TrainingListener() {
            @Override
            public Optional<StopReason> stop() {
              atOnce.add(Thread.currentThread().getName());
              return Optional.empty();
            }
          };
      TestSweeps.Seen seen =
          new TestSweeps.Seen() {
            @Override
            public void finished(CellResult result, int done, int runs) {
              super.finished(result, done, runs);
              counted.add(poolThreads());
            }
          };
      SweepResult sweep =
          Sweep.run(
              TestSweeps.grid("threads", Integer.toString(threads)),
              SweepData.of(TestSweeps.DATA),
              folder.resolve("threads" + threads),
              new SweepSettings(9, false, false, count),
              seen,
              3);
      assertEquals(12, sweep.cells().size());
      int cellsAtOnce = 3 / threads;
      assertEquals(cellsAtOnce, seen.workers);
      assertTrue(atOnce.size() <= cellsAtOnce, atOnce.toString());
      assertTrue(
          counted.stream().allMatch(pool -> pool <= (threads - 1) * cellsAtOnce),
          "helpers of cells: " + counted);
      assertTrue(
          seen.remarks.getFirst().startsWith("%d cells at once, not 9".formatted(cellsAtOnce)),
          seen.remarks.toString());
    }
  }

  /** Threads that help cells' own threads. */
  private static int poolThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("shallot-worker-"))
            .count();
  }

  @Test
  void equalPlansAreRunOnceAndStandAtAllTheirPoints() {
    SweepSpec grid = TestSweeps.grid();
    SweepSpec spec =
        new SweepSpec(
            "",
            grid.base(),
            grid.axes(),
            List.of(new Amendment(Map.of("keep", "1"), Map.of("subnets", "1"))),
            100);
    TestSweeps.Seen seen = new TestSweeps.Seen();
    SweepResult sweep =
        Sweep.run(
            spec,
            SweepData.of(TestSweeps.DATA),
            folder.resolve("s"),
            TestSweeps.settings(2),
            seen,
            2);
    assertEquals(6 + 2, seen.hashes.size());
    assertEquals(12, sweep.cells().size());
    List<CellResult> cells = sweep.cells();
    assertEquals(cells.get(6).hash(), cells.get(8).hash());
    assertEquals("3", cells.get(10).at().get("subnets"));
    assertEquals(cells.get(6).finalError(), cells.get(10).finalError());
    assertEquals(10, cells.get(10).index());
  }

  @Test
  void aCellThatFailsIsRecordedAndOneThatDivergesIsAResult() throws IOException {
    // An output step beyond its limit leaves no room for a hidden one; a huge step diverges.
    SweepSpec spec =
        SweepSpec.of(
            TestSweeps.plan("train", "both", "rounds", "40"),
            List.of(GridText.axis("step-size+output-step-size=auto+1e9,1e5+0.01,0.01+0.01")));
    Path sweep = folder.resolve("s");
    List<CellResult> cells = TestSweeps.run(spec, sweep, 1).cells();
    assertTrue(cells.get(0).failed());
    assertTrue(cells.get(0).message().contains("stability limit"), cells.get(0).message());
    assertTrue(Double.isNaN(cells.get(0).finalError()));
    assertTrue(cells.get(1).diverged());
    assertTrue(cells.get(1).errors().length >= 1);
    assertEquals("rounds-done", cells.get(2).stopReason());
    assertEquals(facts(cells), facts(TestSweeps.run(spec, sweep, 1).cells()));
    assertEquals(3, Files.readAllLines(sweep.resolve("cells.jsonl")).size(), "nothing run twice");
    SweepResult again =
        Sweep.run(
            spec,
            SweepData.of(TestSweeps.DATA),
            sweep,
            new SweepSettings(1, false, true, new TrainingListener() {}),
            SweepWatch.NOTHING,
            1);
    assertEquals(4, Files.readAllLines(sweep.resolve("cells.jsonl")).size(), "retried");
    assertEquals(facts(cells), facts(again.cells()));
    SweepResult fast =
        Sweep.run(
            spec,
            SweepData.of(TestSweeps.DATA),
            folder.resolve("fast"),
            new SweepSettings(1, true, false, new TrainingListener() {}),
            SweepWatch.NOTHING,
            1);
    assertEquals(1, fast.cells().size());
    assertTrue(fast.ended().orElseThrow().startsWith("a cell failed"));
  }

  @Test
  void stoppingRulesAreAxesLikeOthers() {
    SweepSpec spec =
        SweepSpec.of(
            TestSweeps.plan("rounds", "400", "stop-patience", "2", "stop-plateau", "11"),
            List.of(GridText.axis("stop-error=off,0.5")));
    List<CellResult> cells = TestSweeps.run(spec, folder.resolve("s"), 1).cells();
    CellResult plateau = cells.get(0);
    assertEquals("plateau", plateau.stopReason());
    double best = Double.POSITIVE_INFINITY;
    int failures = 0;
    for (int k = 11; k < plateau.errors().length; k++) {
      double mean =
          java.util.Arrays.stream(plateau.errors(), k - 10, k + 1).average().orElseThrow();
      failures += mean < best ? 0 : 1;
      best = Math.min(best, mean);
    }
    assertEquals(2, failures, "the last round is the one of the second failure");
    assertEquals(best, plateau.bestAverage().orElseThrow(), 1e-12 * best);
    CellResult target = cells.get(1);
    assertEquals("target-error", target.stopReason());
    assertTrue(target.relativeError() <= 0.5);
    double[] errors = target.errors();
    assertTrue(errors[errors.length - 2] > 0.5 * target.targetNorm());
  }

  @Test
  void heldOutScoresAreThoseOfARunAndDataIsPreparedForEachSeed() {
    SweepSpec spec = SweepSpec.of(TestSweeps.plan("split", "0.25"), List.of(Axis.seeds(5, 2)));
    List<CellResult> cells = TestSweeps.run(spec, folder.resolve("s"), 2).cells();
    for (CellResult cell : cells) {
      PlanDocument plan = TestSweeps.plan("split", "0.25").withFlags(cell.at());
      RunOutcome run =
          Run.execute(
                  new RunRequest(
                      plan,
                      prepared(plan),
                      folder.resolve("run" + cell.index()),
                      "test",
                      List.of()))
              .outcome();
      assertEquals(run.heldOutScores().orElseThrow(), cell.heldOut());
    }
    assertFalse(cells.get(0).targetNorm() == cells.get(1).targetNorm(), "other rows are held out");
  }

  @Test
  void anotherSweepInTheSameFolderIsRefused() throws IOException {
    Path sweep = folder.resolve("s");
    TestSweeps.run(TestSweeps.grid(), sweep, 1);
    assertTrue(
        TestSweeps.refusal(() -> TestSweeps.run(TestSweeps.grid("rounds", "7"), sweep, 1))
            .contains("another sweep"));
    Path other = folder.resolve("other");
    Files.createDirectory(other);
    assertTrue(
        TestSweeps.refusal(() -> TestSweeps.run(TestSweeps.grid(), other, 1)).contains("no sweep"));
    Files.writeString(sweep.resolve("cells.jsonl"), "{}\n", StandardOpenOption.APPEND);
    assertTrue(TestSweeps.refusal(() -> Sweep.read(sweep)).contains("line 13"));
  }

  @Test
  void aPlanThatIsNoneIsRefusedBeforeAnythingRuns() {
    SweepSpec smooth =
        SweepSpec.of(
            TestSweeps.plan("engine", "gram"), List.of(GridText.axis("activation=relu,tanh")));
    String message = TestSweeps.refusal(() -> TestSweeps.run(smooth, folder.resolve("s"), 1));
    assertTrue(message.startsWith("at activation tanh:"), message);
    assertFalse(Files.exists(folder.resolve("s")));
  }

  @Test
  void memoryDecidesHowManyCellsRunAtOnce() {
    SweepSpec spec = SweepSpec.of(TestSweeps.plan("width", "20000"), List.of(Axis.seeds(0, 4)));
    List<Cell> cells = spec.cells();
    SweepData data = SweepData.of(TestSweeps.DATA);
    SideBySide free = SideBySide.of(0, 4, 1L << 33, cells, data, 1000);
    assertEquals(4, free.workers());
    assertTrue(free.remarks().isEmpty());
    SweepSpec many = SweepSpec.of(TestSweeps.plan("rounds", "100000"), List.of(Axis.seeds(0, 50)));
    assertTrue(
        TestSweeps.refusal(
                () -> SideBySide.of(0, 4, 1 << 26, many.cells(), data, Integer.MAX_VALUE))
            .contains("traces of all cells"));
    assertEquals(4, SideBySide.of(0, 4, 1 << 26, many.cells(), data, 100).workers());
    int before = 4;
    for (long heap = 1L << 30; heap > 1000; heap = heap * 9 / 10) {
      long bytes = heap;
      try {
        SideBySide side = SideBySide.of(0, 4, bytes, cells, data, 1000);
        assertTrue(side.workers() <= before);
        assertEquals(side.workers() < 4, !side.remarks().isEmpty());
        before = side.workers();
      } catch (dev.shallot.run.RunException e) {
        assertEquals(1, before, "fewer and fewer, then none");
        assertTrue(String.valueOf(e.getMessage()).contains("this JVM may use"), e.getMessage());
        return;
      }
    }
    throw new AssertionError("nothing was refused");
  }
}
