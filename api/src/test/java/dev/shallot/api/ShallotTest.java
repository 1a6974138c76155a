package dev.shallot.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.DataException;
import dev.shallot.network.Activation;
import dev.shallot.plan.Precision;
import dev.shallot.run.EarlyStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ShallotTest {
  private static final Plan SMALL = Plan.defaults().width(64).rounds(60).seed(3);

  @TempDir Path folder = Path.of("");

  private Path table() throws IOException {
    StringBuilder csv = new StringBuilder("a,kind,b,y\n");
    for (int i = 0; i < 80; i++) {
      double a = Math.sin(i);
      double b = Math.cos(0.7 * i);
      String kind = i % 2 == 0 ? "even" : "odd";
      csv.append(a + "," + kind + "," + b + "," + (a * b + (i % 2)) + "\n");
    }
    return Files.writeString(folder.resolve("t.csv"), csv);
  }

  private static double[][] x() {
    double[][] x = new double[90][];
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {Math.sin(i), Math.cos(0.7 * i)};
    }
    return x;
  }

  private static double[] y() {
    double[] y = new double[90];
    java.util.Arrays.setAll(y, i -> 100.0 + 5.0 * Math.sin(i) - 3.0 * Math.cos(0.7 * i));
    return y;
  }

  private static String refusal(Executable executable) {
    return String.valueOf(assertThrows(ShallotException.class, executable).getMessage());
  }

  @Test
  void arraysInTheirOwnUnits() {
    TrainedModel model = Shallot.train(x(), y(), SMALL);
    assertEquals(List.of("x1", "x2"), model.inputs());
    assertEquals(List.of("y"), model.targets());
    double[][] all = model.predictAll(x());
    double worst = 0.0;
    for (int i = 0; i < all.length; i++) {
      worst = Math.max(worst, Math.abs(all[i][0] - y()[i]));
      assertEquals(all[i][0], model.predict(x()[i]));
    }
    assertTrue(worst < 2.0, "labels go from 92 to 108; the worst error is " + worst);
    assertEquals(all[7][0], model.predict(Map.of("x1", x()[7][0], "x2", x()[7][1])));
    TrainingSummary summary = model.summary().orElseThrow();
    assertEquals(60, summary.rounds());
    assertTrue(summary.finalError() < 0.1 * summary.initialError());
    assertEquals(1, summary.trainScores().size());
    assertEquals(0, model.predictAll(new double[0][]).length);
  }

  @Test
  void severalTargets() {
    double[][] both = new double[90][];
    java.util.Arrays.setAll(both, i -> new double[] {y()[i], -2.0 * y()[i]});
    TrainedModel model = Shallot.trainer().plan(SMALL).train(x(), both);
    assertEquals(List.of("y1", "y2"), model.targets());
    double[] row = model.predictAll(x())[3];
    assertEquals(both[3][0], row[0], 3.0);
    assertEquals(both[3][1], row[1], 6.0);
    assertTrue(refusal(() -> model.predict(1.0, 2.0)).contains("2 targets: use predictAll"));
  }

  @Test
  void aTableWithTextsByNamesOrAsAFile() throws IOException {
    TrainedModel model = Shallot.train(table(), "y", SMALL);
    assertEquals(List.of("a", "kind", "b"), model.inputs());
    double[][] all = model.predictAll(table());
    Map<String, Object> second = Map.of("a", Math.sin(1), "kind", "odd", "b", Math.cos(0.7));
    assertEquals(all[1][0], model.predict(second));
    assertEquals(1, model.evaluate(table()).size());
    String message = refusal(() -> model.predict(Map.of("a", 1, "kinds", "odd", "b", 2)));
    assertTrue(message.contains("no 'kind'") && message.contains("did you mean 'kinds'"), message);
    message = refusal(() -> model.predict(Map.of("a", 1, "kind", "prime", "b", 2)));
    assertTrue(message.contains("'prime' is none of the values"), message);
    assertTrue(refusal(() -> model.predict(1, 2, 3)).contains("'kind' is a column of texts"));
  }

  /** Two rows of a table without names, in which the target comes first. */
  @Test
  void columnsWithoutNamesAreFoundByPosition() throws IOException {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      csv.append(i % 7 + i % 3).append(",9,").append(i % 7).append(',').append(i % 3).append('\n');
    }
    Path file = Files.writeString(folder.resolve("plain.csv"), csv);
    TrainedModel model = Shallot.train(file, "1", SMALL.with("exclude", "2"));
    assertEquals(2, model.inputs().size());
    assertEquals(model.predictAll(file)[8][0], model.predict(8 % 7, 8 % 3));
  }

  @Test
  void missingNumbersAreFilledWhereThePlanSaysSo() {
    double[][] x = x();
    x[4][1] = Double.NaN;
    assertTrue(refusal(() -> Shallot.train(x, y(), SMALL)).contains("missing"));
    TrainedModel model = Shallot.train(x, y(), SMALL.with("missing", "mean"));
    assertTrue(Double.isFinite(model.predict(0.5, Double.NaN)));
    TrainedModel strict = Shallot.train(x(), y(), SMALL);
    assertTrue(refusal(() -> strict.predict(0.5, Double.NaN)).contains("missing"));
    assertTrue(refusal(() -> strict.predict(0.5, Double.POSITIVE_INFINITY)).contains("finite"));
  }

  @Test
  void whatIsSavedIsLoadedAndNothingElseIsWritten() throws IOException {
    TrainedModel model = Shallot.train(x(), y(), SMALL.activation(Activation.TANH));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    Path file = folder.resolve("m.shallot");
    model.save(file);
    model.save(file);
    TrainedModel loaded = Shallot.load(file);
    assertEquals(model.predict(0.1, 0.2), loaded.predict(0.1, 0.2));
    assertTrue(loaded.summary().isEmpty());
    Path tensors = folder.resolve("m.safetensors");
    model.exportSafetensors(tensors, Precision.FLOAT64);
    assertEquals(model.predict(0.1, 0.2), Shallot.load(tensors).predict(0.1, 0.2));
    model.exportOnnx(folder.resolve("m.onnx"), Precision.FLOAT32);
    assertTrue(
        refusal(() -> model.exportOnnx(folder.resolve("m.onnx"), Precision.FLOAT32))
            .contains("exists already"));
    assertTrue(refusal(() -> Shallot.load(folder.resolve("absent"))).contains("no model file"));
  }

  /** With a folder and without one, and for any number of threads, the same bits. */
  @Test
  void aRunFolderChangesNothing() throws IOException {
    Path run = folder.resolve("run");
    List<Long> heard = new ArrayList<>();
    TrainedModel kept =
        Shallot.trainer()
            .plan(SMALL.threads(1))
            .onProgress((round, rounds, error) -> heard.add(round))
            .runFolder(run)
            .train(table(), "y");
    TrainedModel alone = Shallot.train(table(), "y", SMALL.threads(2));
    assertArrayEquals(kept.network().hiddenWeights(), alone.network().hiddenWeights());
    assertArrayEquals(kept.network().outputWeights(), alone.network().outputWeights());
    assertEquals(60, heard.size());
    assertEquals(60L, heard.getLast());
    assertEquals(kept.predictAll(table())[0][0], Shallot.load(run).predictAll(table())[0][0]);
    for (String name : List.of("run.json", "events.jsonl", "model.shallot")) {
      assertTrue(Files.size(run.resolve(name)) > 0, name);
    }
    assertTrue(
        refusal(() -> Shallot.trainer().plan(SMALL).runFolder(run).train(table(), "y"))
            .contains("exists already"));
  }

  @Test
  void aPlanIsItsKeysAndRefusesOthers() {
    Plan plan = SMALL.partition(4).stepSize(0.5).fullBatch().heldOut(0.25).localSteps(3);
    Map<String, Object> keys = plan.toMap();
    assertEquals("partition", keys.get("mask"));
    assertEquals(0.25, keys.get("keep"));
    assertEquals("full", keys.get("batch"));
    assertEquals(0.25, keys.get("split"));
    assertEquals(64L, keys.get("width"));
    assertEquals(SMALL.toMap(), SMALL.bernoulliMasks(4, 0.5).toMap());
    assertTrue(refusal(() -> SMALL.with("widht", 3)).contains("mean width"));
    assertTrue(refusal(() -> SMALL.width(0)).contains("from 1 to"));
    assertTrue(refusal(() -> Shallot.train(x(), y(), SMALL.partition(5))).contains("divides"));
    assertTrue(
        refusal(() -> Shallot.train(x(), new double[3], SMALL)).contains("90 samples, but 3"));
    double[][] ragged = x();
    ragged[2] = new double[] {1};
    assertTrue(refusal(() -> Shallot.train(ragged, y(), SMALL)).contains("sample 3 has 1"));
    ShallotException absent =
        assertThrows(
            ShallotException.class, () -> Shallot.train(folder.resolve("absent.csv"), "y"));
    assertInstanceOf(DataException.class, absent.getCause());
    assertFalse(Plan.paper().toMap().equals(Plan.defaults().toMap()));
  }

  /** What shallot train refuses in a new run is refused here. */
  @Test
  void aPlanThatTrainsNothingAndSamplesThatAreNotThereAreRefused() {
    assertTrue(refusal(() -> Shallot.train(x(), y(), SMALL.rounds(0))).contains("trains nothing"));
    String[] classes = new String[90];
    java.util.Arrays.fill(classes, "a");
    classes[3] = missing();
    assertTrue(refusal(() -> Shallot.train(x(), classes, SMALL)).contains("sample 4 has no class"));
    double[][] rows = x();
    rows[5] = missing();
    assertTrue(refusal(() -> Shallot.train(rows, y(), SMALL)).contains("sample 6 has no numbers"));
    TrainedModel model = Shallot.train(x(), y(), SMALL.rounds(1));
    assertTrue(refusal(() -> model.predictAll(rows)).contains("row 6 has no numbers"));
  }

  /** A caller that is not checked for null. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    return null;
  }

  @Test
  void earlyStoppingAndWeightsAreTold() throws IOException {
    StringBuilder csv = new StringBuilder("x1,x2,w,y\n");
    for (int i = 0; i < 90; i++) {
      csv.append(x()[i][0] + "," + x()[i][1] + "," + (i % 3) + "," + y()[i] + "\n");
    }
    Path table = Files.writeString(folder.resolve("weighted.csv"), csv);
    TrainedModel model =
        Shallot.train(
            table, "y", SMALL.with("weights", "w").heldOut(0.2).with("stop-held-out", 50));
    EarlyStop.Kept kept = model.summary().orElseThrow().kept().orElseThrow();
    assertTrue(kept.round() >= 0 && kept.loss() > 0, kept.toString());
    assertTrue(Shallot.train(x(), y(), SMALL).summary().orElseThrow().kept().isEmpty());
    // Rows that count nothing may say anything.
    Path wild =
        Files.writeString(
            folder.resolve("wild.csv"), csv.toString().replaceAll(",0,[0-9.]+\n", ",0,9999\n"));
    assertEquals(model.evaluate(table), model.evaluate(wild));
  }

  @Test
  void aTrainingThatDivergesSaysWhere() {
    String message = refusal(() -> Shallot.train(x(), y(), SMALL.stepSize(1e6)));
    assertTrue(message.contains("the training diverged in round"), message);
  }

  @Test
  void classesByTheirNames() throws IOException {
    String[] classes = new String[90];
    java.util.Arrays.setAll(classes, i -> x()[i][0] > 0.3 ? "high" : "low");
    TrainedModel model = Shallot.train(x(), classes, SMALL.rounds(200));
    assertEquals(List.of("high", "low"), model.classes());
    int right = 0;
    for (int i = 0; i < classes.length; i++) {
      right += model.classify(x()[i]).equals(classes[i]) ? 1 : 0;
    }
    assertTrue(right > 85, right + " of 90");
    double[] shares = model.probabilities(1.0, 0.0);
    assertEquals(1.0, shares[0] + shares[1], 1e-12);
    assertTrue(shares[0] > 0.9, "high: " + shares[0]);
    assertEquals("high", model.classify(Map.of("x1", 1.0, "x2", 0.0)));
    assertTrue(refusal(() -> model.predict(1.0, 0.0)).contains("use classify"));
    TrainedModel numbers = Shallot.train(x(), y(), SMALL.rounds(2));
    assertTrue(refusal(() -> numbers.classify(1.0, 0.0)).contains("predicts numbers"));
    assertTrue(refusal(() -> numbers.probabilities(1.0, 0.0)).contains("use predict"));
    Path csv = folder.resolve("c.csv");
    StringBuilder text = new StringBuilder("x1,x2,y\n");
    for (int i = 0; i < classes.length; i++) {
      text.append(x()[i][0] + "," + x()[i][1] + "," + classes[i] + "\n");
    }
    Files.writeString(csv, text);
    TrainedModel same = Shallot.train(csv, "y", SMALL.rounds(200).classification());
    assertArrayEquals(shares, same.probabilities(1.0, 0.0));
    assertTrue(String.valueOf(same.evaluate(csv)).contains("accuracy"));
  }
}
