package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.PreparedData;
import dev.shallot.data.Table;
import dev.shallot.data.TableFormat;
import dev.shallot.plan.Loss;
import dev.shallot.plan.TrainingData;
import dev.shallot.random.CounterRandom;
import dev.shallot.random.RandomStream;
import dev.shallot.training.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on classes, with momentum, weights and early stopping, as folders. */
class ClassRunTest {
  @TempDir Path folder = Path.of("");

  /** Three noisy spots in the plane, by name; the weight is 1 or 3. */
  private Path spots(String name, int rows, long seed) throws IOException {
    CounterRandom random = new CounterRandom(seed, RandomStream.SYNTHETIC_FEATURES);
    String[] names = {"low", "high", "far"};
    StringBuilder text = new StringBuilder("a,b,count,kind\n");
    for (int i = 0; i < rows; i++) {
      int spot = i % 3;
      double a = (spot == 2 ? 2 : 0) + 0.7 * random.gaussian(2L * i);
      double b = (spot == 1 ? 2 : 0) + 0.7 * random.gaussian(2L * i + 1);
      text.append(a).append(',').append(b).append(',').append(i % 2 == 0 ? 1 : 3);
      text.append(',').append(names[spot]).append('\n');
    }
    return Files.writeString(folder.resolve(name), text.toString());
  }

  private static PlanDocument plan(String... flags) {
    Map<String, String> all = new LinkedHashMap<>();
    List<String> words =
        List.of(
            "target",
            "kind",
            "loss",
            "cross-entropy",
            "width",
            "64",
            "rounds",
            "40",
            "threads",
            "1");
    for (int i = 0; i < words.size(); i += 2) {
      all.put(words.get(i), words.get(i + 1));
    }
    for (int i = 0; i < flags.length; i += 2) {
      all.put(flags[i], flags[i + 1]);
    }
    return PlanDocument.practitioner().withFlags(all);
  }

  private RunResult run(String name, PlanDocument plan, Path table) {
    return Run.execute(
        new RunRequest(plan, Run.prepare(plan, table), folder.resolve(name), "test", List.of()));
  }

  @Test
  void classesAreLearnedByNameAndTheModelKeepsThem() throws IOException {
    Path table = spots("spots.csv", 150, 1);
    RunResult run = run("run", plan("split", "0.2"), table);
    ClassScore score =
        assertInstanceOf(ClassScore.class, run.outcome().heldOutScores().orElseThrow().getFirst());
    assertTrue(score.accuracy() > 0.8, "accuracy " + score.accuracy());
    assertTrue(score.logLoss() < 0.6, "log loss " + score.logLoss());
    assertEquals(120 * Math.log(3), run.outcome().initial().error(), 40);
    Model model = ModelFile.read(run.folder().modelFile());
    assertEquals(List.of("far", "high", "low"), model.classes());
    Table fresh = Table.read(spots("fresh.csv", 90, 2), TableFormat.detect());
    double[] shares = model.predict(fresh);
    assertArrayEquals(run.model().orElseThrow().predict(fresh), shares);
    List<String> labels = model.labels(shares);
    int right = 0;
    for (int i = 0; i < 90; i++) {
      double sum = shares[3 * i] + shares[3 * i + 1] + shares[3 * i + 2];
      assertEquals(1.0, sum, 1e-14);
      right += labels.get(i).equals(List.of("low", "high", "far").get(i % 3)) ? 1 : 0;
    }
    ClassScore other =
        (ClassScore)
            Score.of(
                    model.preprocessing(),
                    shares,
                    model.preprocessing().rawLabels(fresh),
                    new double[0])
                .getFirst();
    assertEquals(right / 90.0, other.accuracy(), 1e-15);
    assertEquals(30, other.confused(0, 0) + other.confused(0, 1) + other.confused(0, 2));
  }

  @Test
  void scoresOfClassesAreThoseByHand() {
    double[] shares = {0.5, 0.5, 0.9, 0.1, 0.2, 0.8};
    double[] truth = {1, 0, 0, 1, 0, 1};
    ClassScore score = ClassScore.of("y", List.of("n", "p"), shares, truth, new double[] {1, 2, 5});
    // Of equal shares the first; row 2 is wrong.
    assertEquals(6.0 / 8, score.accuracy(), 1e-15);
    assertEquals(
        -(Math.log(0.5) + 2 * Math.log(0.1) + 5 * Math.log(0.8)) / 8, score.logLoss(), 1e-15);
    assertEquals(1, score.confused(1, 0));
    assertEquals(1, score.confused(1, 1));
    ClassScore sure =
        ClassScore.of(
            "y", List.of("n", "p"), new double[] {1, 0}, new double[] {0, 1}, new double[0]);
    assertEquals(52 * Math.log(2), sure.logLoss(), 1e-12);
  }

  @Test
  void weightedScoresAreThoseOfRepeatedRows() {
    List<String> y = List.of("y");
    double[] weights = {1, 2, 0};
    NumberScore weighted =
        NumberScore.of("y", 0, 1, new double[] {1, 5, 9}, new double[] {2, 3, 4}, weights);
    NumberScore repeated =
        Score.of(y, new double[] {1, 5, 5}, new double[] {2, 3, 3}).getFirst().number();
    assertEquals(repeated.rmse(), weighted.rmse(), 1e-15);
    assertEquals(repeated.mae(), weighted.mae(), 1e-15);
    assertEquals(repeated.r2().orElseThrow(), weighted.r2().orElseThrow(), 1e-14);
  }

  @Test
  void weightsReachTrainingAndScores() throws IOException {
    Path table = spots("spots.csv", 90, 1);
    RunResult plain = run("plain", plan("exclude", "count"), table);
    RunResult weighted = run("weighted", plan("weights", "count"), table);
    assertEquals(
        plain.model().orElseThrow().preprocessing().featureNames(),
        weighted.model().orElseThrow().preprocessing().featureNames());
    assertFalse(plain.outcome().last().error() == weighted.outcome().last().error());
    assertTrue(weighted.outcome().engine().startsWith("dense"), weighted.outcome().engine());
  }

  @Test
  void earlyStoppingKeepsTheNetworkThatWasBestOnItsRows() throws IOException {
    Path table = spots("spots.csv", 90, 1);
    PlanDocument plan =
        plan(
            "rounds",
            "400",
            "momentum",
            "0.9",
            "split",
            "0.2",
            "validation",
            "0.25",
            "stop-held-out",
            "8");
    RunResult run = run("run", plan, table);
    assertEquals(StopReason.Kind.HELD_OUT, run.outcome().reason().kind());
    EarlyStop.Kept kept = run.outcome().kept().orElseThrow();
    assertEquals(run.outcome().rounds(), kept.round() + 1 + 8);
    // The model's own loss on those rows is the one that is told, and no logged one is smaller.
    PreparedData data = Run.prepare(plan, table);
    TrainingData rows = data.validation().orElseThrow();
    double[] shares = run.model().orElseThrow().predict(rows.x());
    double loss = 0.0;
    for (int i = 0; i < shares.length; i++) {
      loss -= rows.y()[i] == 0 ? 0 : Math.log(shares[i]) / rows.samples();
    }
    assertEquals(kept.loss(), loss, 1e-12);
    double least = Double.POSITIVE_INFINITY;
    for (String line : Files.readAllLines(run.folder().eventsFile())) {
      Map<String, Object> event = Json.readObject(line, "a line");
      if ("held-out".equals(event.get("type"))) {
        least = Math.min(least, ((Number) TestRuns.at(event, "loss")).doubleValue());
      }
    }
    assertEquals(kept.loss(), least);
    assertEquals("held-out", run.folder().stopReason());
    Replay.Result replayed =
        new Replay(run.folder(), RunData.of(run.folder(), Optional.empty())).execute(List.of());
    assertEquals(Optional.empty(), replayed.difference());
    assertTrue(replayed.model());
    // Where the run goes on and off does not matter: see ResumeTest.
    assertEquals(Loss.CROSS_ENTROPY, plan.trainingPlan().loss());
  }

  @Test
  void theHeldOutRowsOfTheSplitWillDoToo() throws IOException {
    Path table = spots("spots.csv", 90, 1);
    RunResult run = run("run", plan("split", "0.2", "stop-held-out", "5", "rounds", "300"), table);
    double score = run.outcome().heldOutScores().orElseThrow().getFirst().figure();
    assertEquals(run.outcome().kept().orElseThrow().loss(), score, 1e-12);
  }
}
