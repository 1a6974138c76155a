package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.TrainingException;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long because each promise about a run folder is a test of its own. */
class RunTest {
  @TempDir Path folder = Path.of("");

  /** Keeps what it was told. */
  private static final class Recorder implements TrainingListener {
    private final List<TrainingEvent> events = new ArrayList<>();
    private double initialError;

    @Override
    public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
      initialError = initial.error();
    }

    @Override
    public void event(TrainingEvent event) {
      events.add(event);
    }
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void eventsAreInOrderAndBitForBitWhatHappened() throws IOException {
    Recorder recorder = new Recorder();
    RunResult run = TestRuns.run(folder, "run", TestRuns.plan(), recorder);
    List<String> lines = Files.readAllLines(run.folder().eventsFile());
    assertEquals(1 + 4 * (1 + 3 + 1), lines.size());
    Map<String, Object> first = Json.readObject(lines.get(0), "line 1");
    assertEquals(-1, first.get("round"));
    assertEquals("initial", first.get("type"));
    assertEquals(recorder.initialError, first.get("error"));
    for (int i = 1; i < lines.size(); i++) {
      Map<String, Object> line = Json.readObject(lines.get(i), "line " + (i + 1));
      TrainingEvent event = recorder.events.get(i - 1);
      assertEquals((int) event.round(), TestRuns.at(line, "round"));
      switch (event) {
        case TrainingEvent.Sampled sampled -> {
          assertEquals("sampled", TestRuns.at(line, "type"));
          assertArrayEquals(sampled.errors(), numbers(TestRuns.at(line, "errors")));
        }
        case TrainingEvent.LocalSteps local -> {
          assertEquals("local", TestRuns.at(line, "type"));
          assertEquals(local.subnet(), TestRuns.at(line, "subnet"));
          assertArrayEquals(local.errors(), numbers(TestRuns.at(line, "errors")));
        }
        case TrainingEvent.Aggregated aggregated -> {
          assertEquals("aggregated", TestRuns.at(line, "type"));
          assertEquals(aggregated.whole().error(), TestRuns.at(line, "error"));
          assertEquals(aggregated.whole().displacement(), TestRuns.at(line, "displacement"));
          assertEquals((int) aggregated.whole().flips(), TestRuns.at(line, "flips"));
          assertEquals(aggregated.uncovered(), TestRuns.at(line, "uncovered"));
          assertEquals(aggregated.whole().dead(), TestRuns.at(line, "dead"));
          assertEquals((int) aggregated.bytes(), TestRuns.at(line, "bytes"));
        }
      }
    }
  }

  @Test
  void theRunFileSaysEverything() {
    RunResult result = TestRuns.run(folder, "run", TestRuns.plan("split", "0.25"));
    RunFolder reopened = RunFolder.open(folder.resolve("run"));
    Map<String, Object> run = reopened.read();
    assertEquals(
        List.of("format", "formatVersion", "plan", "data", "provenance", "outcome"),
        List.copyOf(run.keySet()));
    assertEquals(PlanKey.names(), List.copyOf(reopened.section(run, "plan").keySet()));
    Map<String, Object> data = reopened.section(run, "data");
    assertEquals(15, TestRuns.at(data, "samples"));
    assertEquals(5, TestRuns.at(data, "heldOut"));
    assertEquals(List.of("y"), TestRuns.at(data, "targetNames"));
    Map<String, Object> outcome = reopened.section(run, "outcome");
    assertEquals("rounds-done", TestRuns.at(outcome, "stopReason"));
    assertEquals(4, TestRuns.at(outcome, "rounds"));
    assertEquals(4 * 3 * 2, TestRuns.at(outcome, "localStepsApplied"));
    assertEquals(result.outcome().last().error(), TestRuns.at(outcome, "finalError"));
    for (String key :
        List.of(
            "initialError",
            "stepSize",
            "outputStepSize",
            "stepSizeReason",
            "engine",
            "precision",
            "displacement",
            "flips",
            "dead",
            "seconds",
            "trainingSeconds",
            "trainScores",
            "heldOutScores")) {
      assertTrue(outcome.containsKey(key), key);
    }
    Map<String, Object> provenance = reopened.section(run, "provenance");
    assertEquals("0.1.0", TestRuns.at(provenance, "version"));
    assertEquals("test", TestRuns.at(provenance, "command"));
    assertEquals(
        result.outcome().heldOutScores().orElseThrow().stream().map(Score::toMap).toList(),
        TestRuns.at(outcome, "heldOutScores"));
  }

  @Test
  void scoresFollowFromTheFinalError() {
    // With labels untouched and the monitored output as prediction, n * rmse^2 is the error.
    RunResult run =
        TestRuns.run(folder, "run", TestRuns.plan("label-scale", "none", "scaling", "paper"));
    double rmse = run.outcome().trainScores().get(0).number().rmse();
    assertEquals(run.outcome().last().error(), 20 * rmse * rmse, 1e-9);
  }

  @Test
  void predictionUndoesTheLabelScaling() {
    RunResult plain = TestRuns.run(folder, "zscore", TestRuns.plan());
    Table table = Table.read(folder.resolve("table.csv"), TableFormat.detect());
    Model model = ModelFile.read(plain.folder().modelFile());
    double[] truth = model.preprocessing().rawLabels(table);
    double rmse = Score.of(List.of("y"), model.predict(table), truth).get(0).number().rmse();
    assertEquals(plain.outcome().trainScores().get(0).number().rmse(), rmse, 1e-12);
    double spread = 0.0;
    for (double y : truth) {
      spread = Math.max(spread, Math.abs(y));
    }
    assertTrue(rmse < spread, "in the unit of the labels: " + rmse + " of " + spread);
  }

  @Test
  void threadsChangeNothing() {
    Model one = TestRuns.run(folder, "t1", TestRuns.plan("width", "200")).model().orElseThrow();
    for (String threads : List.of("2", "7")) {
      Model many =
          TestRuns.run(folder, "t" + threads, TestRuns.plan("width", "200", "threads", threads))
              .model()
              .orElseThrow();
      assertArrayEquals(one.network().hiddenWeights(), many.network().hiddenWeights());
      assertArrayEquals(one.network().outputWeights(), many.network().outputWeights());
    }
  }

  @Test
  void aDivergingRunNamesThePlaceAndTheStableStepSize() throws IOException {
    for (String precision : List.of("float64", "float32")) {
      RunResult run =
          TestRuns.run(
              folder,
              precision,
              TestRuns.plan("step-size", "1e6", "local-steps", "40", "precision", precision));
      assertTrue(run.outcome().diverged());
      assertTrue(run.model().isEmpty());
      assertFalse(Files.exists(run.folder().modelFile()));
      String message = run.outcome().reason().message();
      assertTrue(message.matches("(?s)round \\d+, subnet \\d+, local step \\d+: .*"), message);
      assertTrue(message.contains("local steps are stable below"), message);
      Map<String, Object> outcome = run.folder().section(run.folder().read(), "outcome");
      assertEquals("diverged", TestRuns.at(outcome, "stopReason"));
      assertEquals(
          run.outcome().stableStepSize().orElseThrow(), TestRuns.at(outcome, "stableStepSize"));
      assertEquals(message, TestRuns.at(outcome, "stopMessage"));
      // Half of the limit is what auto takes, and that does not diverge.
      RunResult calm = TestRuns.run(folder, precision + "-auto", TestRuns.plan());
      assertEquals(
          calm.outcome().steps().hidden() * 2,
          run.outcome().stableStepSize().orElseThrow(),
          1e-3 * run.outcome().stableStepSize().orElseThrow());
      String refused = TestRuns.refusal(() -> ModelSource.open(run.folder().path()));
      assertTrue(refused.contains("diverged"), refused);
    }
  }

  @Test
  void badInputLeavesNothingBehind() throws IOException {
    TestRuns.table(folder);
    assertThrows(
        TrainingException.class,
        () -> TestRuns.run(folder, "run", TestRuns.plan("mask", "partition", "subnets", "5")));
    assertThrows(
        TrainingException.class,
        () -> TestRuns.run(folder, "run", TestRuns.plan("output-step-size", "1")));
    assertThrows(
        RuntimeException.class,
        () -> TestRuns.run(folder, "run", TestRuns.plan("init", "absent.npz")));
    assertEquals(List.of("table.csv"), left());
  }

  @Test
  void anExistingFolderIsNeverTouched() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("diary.txt"), "mine");
    String message = TestRuns.refusal(() -> TestRuns.run(folder, "run", TestRuns.plan()));
    assertTrue(message.contains(run + " exists already"), message);
    try (Stream<Path> files = Files.list(run)) {
      assertEquals(1, files.count());
    }
    assertThrows(RunException.class, () -> RunFolder.open(run));
    Path inside = folder.resolve("table.csv").resolve("run");
    assertThrows(RunException.class, () -> RunFolder.refuseExisting(inside));
  }

  @Test
  void aFailureOfAListenerIsRecorded() {
    TrainingListener broken =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            throw new IllegalStateException("disk on fire");
          }
        };
    assertThrows(
        IllegalStateException.class, () -> TestRuns.run(folder, "run", TestRuns.plan(), broken));
    RunFolder run = RunFolder.open(folder.resolve("run"));
    Map<String, Object> outcome = run.section(run.read(), "outcome");
    assertEquals("failed", TestRuns.at(outcome, "stopReason"));
    assertEquals("disk on fire", TestRuns.at(outcome, "stopMessage"));
  }

  @Test
  void aStopRequestEndsTheRunAfterItsRound() {
    StopRequest stop = new StopRequest();
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public void roundDone(long round, RoundReport report) {
            if (round == 1) {
              stop.request("enough");
            }
          }
        };
    RunResult run = TestRuns.run(folder, "run", TestRuns.plan(), impatient, stop);
    assertEquals(new StopReason(StopReason.Kind.INTERRUPTED, "enough"), run.outcome().reason());
    assertEquals(2, run.outcome().rounds());
    assertTrue(run.model().isPresent());
  }

  @Test
  void initialWeightsMayComeFromAFile() {
    Path file = folder.resolve("start.npz");
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    Model first = TestRuns.run(folder, "first", TestRuns.plan("rounds", "0")).model().orElseThrow();
    arrays.put("W", NpyArray.matrix(24, 6, first.network().hiddenWeights()));
    arrays.put("a", NpyArray.matrix(24, 1, first.network().outputWeights()));
    Npz.write(file, arrays);
    PlanDocument plan = Run.complete(TestRuns.plan("init", file.toString()));
    RunResult from = TestRuns.run(folder, "from", plan);
    RunResult drawn = TestRuns.run(folder, "drawn", TestRuns.plan());
    assertEquals(drawn.outcome().last(), from.outcome().last());
    assertEquals(
        first.initial().hiddenWeights().length,
        TestRuns.at(Export.of(from.folder()).arrays(Optional.empty(), Optional.empty()), "W0")
            .size());
    PlanDocument open =
        Run.complete(PlanDocument.practitioner().withFlags(Map.of("init", file.toString())));
    assertEquals("24", open.show(PlanKey.WIDTH));
    assertThrows(
        RunException.class,
        () -> TestRuns.run(folder, "x", TestRuns.plan("init", file.toString(), "bias", "off")));
    assertThrows(
        RunException.class,
        () ->
            TestRuns.run(folder, "x", TestRuns.plan("init", file.toString(), "init-scale", "0.5")));
  }

  @Test
  void anExportHoldsTheRun() throws IOException {
    RunResult run = TestRuns.run(folder, "run", TestRuns.plan("mask", "categorical"));
    Export export = Export.of(run.folder());
    Map<String, NpyArray> arrays = export.arrays(Optional.empty(), Optional.of("1:2"));
    assertArrayEquals(new int[] {20, 6}, TestRuns.at(arrays, "X").shape());
    assertArrayEquals(new int[] {20, 1}, TestRuns.at(arrays, "Y").shape());
    assertArrayEquals(new int[] {2, 3, 24}, TestRuns.at(arrays, "masks").shape());
    assertArrayEquals(
        run.model().orElseThrow().network().hiddenWeights(), TestRuns.at(arrays, "W").toDoubles());
    assertArrayEquals(
        run.model().orElseThrow().initial().hiddenWeights(), TestRuns.at(arrays, "W0").toDoubles());
    double[] masks = TestRuns.at(arrays, "masks").toDoubles();
    for (int round = 0; round < 2; round++) {
      for (int r = 0; r < 24; r++) {
        double owners = 0.0;
        for (int l = 0; l < 3; l++) {
          owners += masks[(round * 3 + l) * 24 + r];
        }
        assertEquals(1.0, owners);
      }
    }
    assertEquals(1.0, TestRuns.at(arrays, "first_round").toDoubles()[0]);
    assertArrayEquals(
        new int[] {4, 3, 24},
        TestRuns.at(export.arrays(Optional.empty(), Optional.empty()), "masks").shape());
    for (String wrong : List.of("5", "2:4", "3:2", "0", "x", "-1:2")) {
      assertThrows(
          RunException.class, () -> export.arrays(Optional.empty(), Optional.of(wrong)), wrong);
    }
    Path table = folder.resolve("table.csv");
    Path moved = folder.resolve("moved.csv");
    Files.move(table, moved);
    assertTrue(
        TestRuns.refusal(() -> export.arrays(Optional.empty(), Optional.empty()))
            .contains("--data FILE"));
    assertEquals(
        20, TestRuns.at(export.arrays(Optional.of(moved), Optional.of("1")), "X").shape()[0]);
    Files.writeString(moved, Files.readString(moved) + "\n");
    assertTrue(
        TestRuns.refusal(() -> export.arrays(Optional.of(moved), Optional.empty()))
            .contains("SHA-256"));
  }

  @Test
  void aDamagedRunFileIsRefused() throws IOException {
    RunFolder run = TestRuns.run(folder, "run", TestRuns.plan("rounds", "1")).folder();
    String text = Files.readString(run.runFile());
    Files.writeString(run.runFile(), text.substring(0, text.length() / 2));
    assertThrows(RunException.class, run::read);
    Files.writeString(run.runFile(), "{\"format\":\"other\"}");
    assertThrows(RunException.class, run::read);
    Files.writeString(
        run.runFile(), text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 9"));
    assertTrue(TestRuns.refusal(run::read).contains("format version 9"));
  }

  @Test
  void onlyTheNamedCommandsRunIsDeleted() throws IOException {
    RunFolder run = TestRuns.run(folder, "run", TestRuns.plan("rounds", "1")).folder();
    assertThrows(RunException.class, () -> run.delete("demo"));
    Path diary = Files.writeString(run.path().resolve("diary.txt"), "mine");
    assertThrows(RunException.class, () -> run.delete("test"));
    assertTrue(Files.exists(run.modelFile()));
    Files.delete(diary);
    run.delete("test");
    assertFalse(Files.exists(run.path()));
  }
}
