package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes, weights, momentum, early stopping and embeddings from the command line. */
class PracticeTest {
  @TempDir Path folder = Path.of("");

  private Path table(String name, int rows) throws IOException {
    StringBuilder text = new StringBuilder("a,b,w,kind\n");
    for (int i = 0; i < rows; i++) {
      double angle = 0.37 * i;
      String kind = Math.cos(angle) > 0.3 ? "east" : Math.sin(angle) > 0 ? "north, west" : "south";
      text.append(Math.cos(angle)).append(',').append(Math.sin(angle)).append(',');
      text.append(1 + i % 3).append(",\"").append(kind).append("\"\n");
    }
    return Files.writeString(folder.resolve(name), text.toString());
  }

  private static Map<String, Object> json(Cli.Result result) {
    assertEquals(0, result.exitCode(), result.err() + result.out());
    return Json.readObject(result.out(), "standard output");
  }

  @Test
  void classesFromTrainingToTheConfusionTableInProcessesOfTheirOwn() throws Exception {
    Path table = table("table.csv", 120);
    Path run = folder.resolve("run");
    Cli.Result trained =
        Cli.process(
            folder,
            Cli.FLAGS,
            "train",
            table,
            "--target=kind",
            "--loss=cross-entropy",
            "--exclude=w",
            "--width=128",
            "--rounds=150",
            "--momentum=0.5",
            "--schedule=cosine",
            "--split=0.25",
            "--out",
            run);
    assertEquals(0, trained.exitCode(), trained.err());
    assertTrue(trained.out().contains("-sum ln p = "), trained.out());
    assertTrue(trained.out().contains("held out   accuracy "), trained.out());
    assertTrue(trained.out().contains("c = 3 classes of (kind)"), trained.out());
    Cli.Result predicted =
        Cli.process(folder, Cli.FLAGS, "predict", run, table("new.csv", 9), "--probabilities");
    List<String> lines = predicted.out().lines().toList();
    assertEquals("kind,kind=east,\"kind=north, west\",kind=south", lines.getFirst());
    assertEquals(10, lines.size());
    assertTrue(lines.get(1).startsWith("east,0.9"), lines.get(1));
    assertTrue(predicted.out().contains("\"north, west\",0."), predicted.out());
    Map<String, Object> scores =
        json(Cli.process(folder, Cli.FLAGS, "evaluate", run, table, "--json"));
    Map<?, ?> score = (Map<?, ?>) ((List<?>) scores.getOrDefault("scores", List.of())).getFirst();
    assertTrue(((Number) number(score, "accuracy")).doubleValue() > 0.9, score.toString());
    assertEquals(List.of("east", "north, west", "south"), score.get("classes"));
    Cli.Result text = Cli.run("evaluate", run, table);
    assertTrue(text.out().contains("confusion: is \\ predicted  east"), text.out());
    assertEquals(0, Cli.run("replay", run).exitCode());
    // The theorems say nothing of such a run, and the program says so.
    Cli.Result theory = Cli.run("theory", run);
    assertEquals(2, theory.exitCode());
    assertTrue(theory.err().contains("squared loss"), theory.err());
    assertTrue(theory.err().contains("loss cross-entropy"), theory.err());
  }

  private static Object number(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? Double.NaN : value;
  }

  @Test
  void kernelAndTheoryOfATableOfClassesSayWhatTheySpeakOf() throws IOException {
    Path table = table("table.csv", 30);
    Object[] kernel = {
      "kernel", table, "--target=kind", "--exclude=w", "--loss=cross-entropy", "--width=64"
    };
    Cli.Result shown = Cli.run(kernel);
    assertEquals(0, shown.exitCode(), shown.err());
    assertTrue(shown.out().replaceAll("\\s+", " ").contains("on the squared loss"), shown.out());
    Cli.Result judged =
        Cli.run(
            "theory", table, "--target=kind", "--exclude=w", "--loss=cross-entropy", "--width=64");
    assertEquals(0, judged.exitCode(), judged.err());
    assertTrue(judged.out().contains("PLAIN-STEPS"), judged.out());
    assertTrue(judged.out().contains("warning"), judged.out());
    Cli.Result trained =
        Cli.run(
            "theory",
            table,
            "--target=kind",
            "--exclude=w",
            "--loss=cross-entropy",
            "--width=64",
            "--seeds=1");
    assertEquals(2, trained.exitCode());
    assertTrue(trained.err().contains("Leave --seeds out"), trained.err());
  }

  @Test
  void weightsAndEarlyStoppingAreTold() throws IOException {
    Path table = table("table.csv", 90);
    Path run = folder.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            table,
            "--target=kind",
            "--loss=cross-entropy",
            "--weights=w",
            "--width=64",
            "--validation=0.2",
            "--stop-held-out=3",
            "--momentum=0.9",
            "--rounds=500",
            "--out",
            run);
    assertEquals(0, trained.exitCode(), trained.err());
    assertTrue(trained.out().contains("kept       the network after round"), trained.out());
    assertTrue(trained.out().contains("-sum w ln p"), trained.out());
    assertTrue(Files.exists(run.resolve("report.html")));
    assertEquals(true, json(Cli.run("evaluate", run, table, "--json")).get("weighted"));
    // Without the column rows count the same, and nobody needs it to predict.
    Path bare = Files.writeString(folder.resolve("bare.csv"), "b,a,kind\n0,1,east\n1,0,south\n");
    assertEquals(false, json(Cli.run("evaluate", run, bare, "--json")).get("weighted"));
    assertEquals("east", Cli.run("predict", run, bare).out().lines().toList().get(1));
  }

  @Test
  void aSweepOfClassesComparesLogLossAndAccuracy() throws IOException {
    Path table = table("table.csv", 60);
    Path out = folder.resolve("sweep");
    Cli.Result swept =
        Cli.run(
            "sweep",
            table,
            "--target=kind",
            "--loss=cross-entropy",
            "--exclude=w",
            "--width=32",
            "--rounds=20",
            "--split=0.25",
            "--grid",
            "momentum=0,0.9",
            "--out",
            out);
    assertEquals(0, swept.exitCode(), swept.err());
    assertTrue(swept.out().contains("held-out log loss"), swept.out());
    assertTrue(swept.out().contains("accuracy"), swept.out());
    Cli.Result asked =
        Cli.run("query", out, "select momentum, held_out_accuracy from cells order by 1", "--json");
    assertEquals(0, asked.exitCode(), asked.err());
    assertFalse(asked.out().contains("null"), asked.out());
  }

  @Test
  void embeddingsAreFeatures() throws Exception {
    Path file = folder.resolve("e.parquet");
    Path other = folder.resolve("other.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "copy (select i as id, [cos(i), sin(i), cos(2*i)]::FLOAT[3] as emb, case when cos(i) > 0 then 'yes' else 'no' end as y from range(80) t(i)) to '%s' (format parquet)"
              .formatted(file));
      statement.execute(
          "copy (select i as id, case when i = 4 then [1.0, 2.0] else [cos(i), sin(i), cos(2*i)] end as emb, 'no' as y from range(9) t(i)) to '%s' (format parquet)"
              .formatted(other));
    }
    Path run = folder.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            file,
            "--features=emb",
            "--target=y",
            "--loss=cross-entropy",
            "--width=64",
            "--rounds=60",
            "--out",
            run);
    assertEquals(0, trained.exitCode(), trained.err());
    assertTrue(trained.out().contains("d = 4 features"), trained.out());
    Cli.Result evaluated = Cli.run("evaluate", run, file);
    assertTrue(evaluated.out().contains("accuracy 1") || evaluated.out().contains("accuracy 0.9"));
    Cli.Result ragged =
        Cli.run(
            "train", other, "--features=emb", "--target=id", "--out", folder.resolve("nothing"));
    assertEquals(2, ragged.exitCode());
    assertTrue(ragged.err().contains("row 5 has a list of 2 numbers"), ragged.err());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Path table = table("table.csv", 30);
    refused("text", "train", table, "--target=kind");
    refused(
        "gram engine",
        "train",
        table,
        "--target=a",
        "--exclude=kind",
        "--momentum=0.5",
        "--engine=gram");
    refused("trains nothing", "train", table, "--target=a", "--exclude=kind", "--rounds=0");
    refused(
        "leave one out",
        "train",
        table,
        "--target=a",
        "--exclude=kind",
        "--train=output",
        "--step-size=0.1",
        "--output-step-size=0.1");
    refused(
        "none are held out", "train", table, "--target=a", "--exclude=kind", "--stop-held-out=3");
    refused("is no class", "train", table, "--target=a", "--loss=cross-entropy");
    refused("'v'", "train", table, "--target=a", "--exclude=kind", "--weights=v");
    refused(
        "at momentum 0: ",
        "sweep",
        table,
        "--target=a",
        "--exclude=kind",
        "--stop-held-out=3",
        "--grid=momentum=0,0.9");
    refused(
        "tracking the residual",
        "train",
        table,
        "--target=kind",
        "--loss=cross-entropy",
        "--track=residual");
    Path numbers = folder.resolve("numbers");
    assertEquals(
        0,
        Cli.run(
                "train",
                table,
                "--target=a",
                "--exclude=kind",
                "--rounds=2",
                "--width=8",
                "--out",
                numbers)
            .exitCode());
    Cli.Result result = Cli.run("predict", numbers, table, "--probabilities");
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("predicts numbers"), result.err());
  }

  private void refused(String words, Object... arguments) {
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--out";
    all[arguments.length + 1] = folder.resolve("refused");
    Cli.Result result = Cli.run(all);
    assertEquals(2, result.exitCode(), result.out() + result.err());
    assertTrue(result.err().contains(words), result.err());
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  @Test
  void banknotesAreToldApart() throws IOException {
    Path data = Path.of("../../shared/data/banknote/data_banknote_authentication.txt");
    assumeTrue(Files.exists(data), "skipped: there is no folder shared/data beside the repository");
    Map<String, Object> run =
        json(
            Cli.run(
                "train",
                data,
                "--target=5",
                "--loss=cross-entropy",
                "--split=0.2",
                "--rounds=150",
                "--out",
                folder.resolve("run"),
                "--json"));
    assertTrue(run.toString().contains("accuracy="), run.toString());
    Map<?, ?> outcome = (Map<?, ?>) run.getOrDefault("outcome", Map.of());
    Map<?, ?> score = (Map<?, ?>) ((List<?>) number(outcome, "heldOutScores")).getFirst();
    assertTrue(((Number) number(score, "accuracy")).doubleValue() >= 0.99, score.toString());
  }
}
