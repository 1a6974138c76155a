package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.run.Json;
import dev.shallot.run.PlanKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder = Path.of("");

  private Path table() {
    Path file = folder.resolve("table.csv");
    if (!Files.exists(file)) {
      done("data", "synthesize", "tabular", "--rows", 30, "--features", 4, "--out", file);
    }
    return file;
  }

  private Path train(String name, Object... more) {
    Path run = folder.resolve(name);
    Object[] start = {"train", table(), "--target", "y", "--out", run, "--width=16", "--rounds=3"};
    Object[] all = java.util.Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    done(all);
    return run;
  }

  private static Cli.Result done(Object... arguments) {
    Cli.Result result = Cli.run(arguments);
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  /** The one document of a command with --json. */
  private static Map<String, Object> document(Object... arguments) {
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return Json.readObject(done(all).out(), "standard output");
  }

  @Test
  void everyPlanKeyIsAFlagOfTrainWithItsSymbol() {
    String help = done("help", "train").out();
    String words = help.replaceAll("\\s+", " ");
    for (PlanKey key : PlanKey.values()) {
      assertTrue(help.contains("--" + key.key() + "="), key.key());
      if (!key.symbol().isEmpty()) {
        assertTrue(words.contains(key.symbol() + ": "), key.symbol());
      }
    }
    for (String flag :
        List.of("--method", "--plan", "--paper", "--out", "--json", "--quiet", "--verbose")) {
      assertTrue(help.contains(flag), flag);
    }
    assertEquals(help, done("train", "--help").out());
  }

  @Test
  void trainTellsDataPlanEngineStepAndScores() throws IOException {
    Path run = folder.resolve("run");
    String out =
        done(
                "train",
                table(),
                "--target",
                "y",
                "--out",
                run,
                "--width",
                16,
                "--rounds",
                3,
                "--split",
                "0.2",
                "--method",
                "dropout")
            .out();
    for (String words :
        List.of(
            "24 samples and 6 held out",
            "||y||^2",
            "unit rows",
            "method dropout sets mask bernoulli",
            "width (m) 16",
            "keep (xi) 0.5",
            "subnets (p) 1",
            "rounds (K) 3",
            "engine",
            "eta = ",
            "lambda_max",
            "||y - u||^2",
            "train      RMSE",
            "held out   RMSE",
            run.resolve("report.html").toString())) {
      assertTrue(out.contains(words), words + " is not in\n" + out);
    }
    for (String file : List.of("run.json", "events.jsonl", "model.shallot", "report.html")) {
      assertTrue(Files.size(run.resolve(file)) > 0, file);
    }
  }

  @Test
  void quietTellsResultsOnly() {
    Cli.Result result =
        done(
            "train",
            table(),
            "--target",
            "y",
            "--out",
            folder.resolve("q"),
            "--width=8",
            "--rounds=2",
            "-q");
    assertEquals("", result.err());
    assertTrue(result.out().startsWith("error "), result.out());
  }

  @Test
  void aRunFileIsAPlanAndFlagsFollowIt() {
    Path first = train("first", "--seed=3", "--mask=categorical");
    Map<String, Object> again =
        document(
            "train",
            table(),
            "--plan",
            first.resolve("run.json"),
            "--out",
            folder.resolve("again"));
    Map<String, Object> other =
        document(
            "train",
            table(),
            "--plan",
            first.resolve("run.json"),
            "--rounds",
            2,
            "--out",
            folder.resolve("other"));
    Map<?, ?> plan = (Map<?, ?>) Objects.requireNonNull(again.get("plan"));
    assertEquals("categorical", plan.get("mask"));
    assertEquals(3, plan.get("seed"));
    assertEquals(3, plan.get("rounds"));
    assertEquals(2, ((Map<?, ?>) Objects.requireNonNull(other.get("plan"))).get("rounds"));
  }

  @Test
  void everyCommandSpeaksJson() {
    Path run = folder.resolve("run");
    Map<String, Object> trained =
        document("train", table(), "--target", "y", "--out", run, "--width=16", "--rounds=3");
    assertEquals(run.toString(), trained.get("folder"));
    assertEquals("shallot-run", trained.get("format"));
    assertTrue(trained.containsKey("outcome"));
    assertEquals(30, document("predict", run, table()).get("rows"));
    assertTrue(document("evaluate", run, table()).containsKey("scores"));
    assertTrue(document("report", run).containsKey("report"));
    assertTrue(document("export", run, "--format", "npz").containsKey("shapes"));
    assertEquals(30, document("data", "describe", table()).get("rows"));
    Path made = folder.resolve("made.npz");
    assertTrue(document("data", "synthesize", "sphere", "--out", made).containsKey("columns"));
    assertEquals("0.1.0", document("version").get("version"));
    assertEquals("0.1.0", document("--version").get("version"));
    assertTrue(document("help").containsKey("help"));
    assertTrue(document("train", "--help").containsKey("help"));
    assertTrue(document("data").containsKey("help"));
  }

  @Test
  void predictionsAreInTheUnitOfTheTarget() throws IOException {
    Path data = Files.writeString(folder.resolve("big.csv"), bigTargets());
    Path run = folder.resolve("run");
    done("train", data, "--target", "y", "--out", run, "--width=256", "--rounds=30", "-q");
    Path file = folder.resolve("predictions.csv");
    done("predict", run, data, "--out", file);
    List<String> lines = Files.readAllLines(file);
    assertEquals("y", lines.get(0));
    assertEquals(31, lines.size());
    double first = Double.parseDouble(lines.get(1));
    assertTrue(first > 900_000 && first < 1_200_000, "about a million, but " + first);
    assertEquals(Files.readString(file), done("predict", run, data).out());
    Map<String, Object> scores = document("evaluate", run, data);
    Map<?, ?> score = (Map<?, ?>) ((List<?>) Objects.requireNonNull(scores.get("scores"))).get(0);
    assertTrue(((Number) Objects.requireNonNull(score.get("r2"))).doubleValue() > 0.5);
  }

  private static String bigTargets() {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 30; i++) {
      int a = i * 7 % 30;
      int b = i * 11 % 13;
      text.append(a).append(',').append(b).append(',').append(1_000_000 + 900 * a - 500 * b);
      text.append('\n');
    }
    return text.toString();
  }

  @Test
  void rowsThatWereToBeDroppedGetNoPrediction() throws IOException {
    Path data =
        Files.writeString(folder.resolve("gaps.csv"), "a,b,y\n1,2,3\n?,1,2\n3,1,5\n4,4,1\n5,2,2\n");
    Path run = folder.resolve("run");
    done(
        "train",
        data,
        "--target",
        "y",
        "--missing",
        "drop-rows",
        "--out",
        run,
        "--width=8",
        "--rounds=2",
        "-q");
    Cli.Result result = done("predict", run, data);
    assertEquals("NaN", result.out().split("\n", -1)[2]);
    assertTrue(result.err().contains("1 of 5 rows"), result.err());
    assertEquals(4, document("evaluate", run, data).get("rows"));
  }

  @Test
  void anExportIsReadableWithTheMasksOfItsRounds() {
    Path run = train("run", "--subnets=3");
    done("export", run, "--format", "npz", "--rounds", "1:2");
    Map<String, NpyArray> arrays = Npz.read(run.resolve("export.npz"));
    NpyArray masks = Objects.requireNonNull(arrays.get("masks"));
    assertEquals(List.of(2, 3, 16), java.util.Arrays.stream(masks.shape()).boxed().toList());
    assertTrue(masks.data() instanceof byte[]);
  }

  @Test
  void describeShowsEachColumn() {
    String out = done("data", "describe", table()).out();
    assertTrue(out.contains("30 rows, 5 columns"), out);
    assertTrue(out.contains("x4"), out);
    assertTrue(out.contains("number"), out);
  }

  @Test
  void madeTablesAreTheSameAgain() throws IOException {
    Path other = folder.resolve("other.csv");
    done("data", "synthesize", "tabular", "--rows", 30, "--features", 4, "--out", other);
    assertEquals(-1, Files.mismatch(table(), other));
    Path npz = folder.resolve("e.npz");
    done("data", "synthesize", "embedding", "--rows", 12, "--features", 8, "--out", npz);
    done("train", npz, "--out", folder.resolve("run"), "--width=8", "--rounds=1", "-q");
  }

  @Test
  void theReportIsWrittenAnew() throws IOException {
    Path run = train("run");
    Files.delete(run.resolve("report.html"));
    done("report", run);
    assertTrue(Files.readString(run.resolve("report.html")).contains("</html>"));
  }

  @Test
  void aDivergingRunAnswersThree() {
    Path run = folder.resolve("run");
    Object[] arguments = {
      "train", table(), "--target", "y", "--out", run, "--width=16", "--step-size=1e5"
    };
    Cli.Result result = Cli.run(arguments);
    assertEquals(ExitCodes.DIVERGED, result.exitCode());
    assertTrue(
        result.err().matches("(?s).*round \\d+, subnet \\d+, local step \\d+.*stable below.*"),
        result.err());
    assertFalse(Files.exists(run.resolve("model.shallot")));
    assertTrue(Files.exists(run.resolve("report.html")));
    Object[] json = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    json[5] = folder.resolve("run2");
    json[arguments.length] = "--json";
    Map<String, Object> document = Json.readObject(Cli.run(json).out(), "standard output");
    assertEquals(3, document.get("exitCode"));
    assertTrue(String.valueOf(document.get("error")).contains("stable below"));
  }

  @Test
  void theVersionIsTold() {
    assertTrue(done("--version").out().startsWith("shallot 0.1.0"));
    assertTrue(done("version").out().contains("vectors:"));
    assertTrue(done().out().contains("train"));
  }

  @Test
  void aModelIsExportedForOtherProgramsAndImportedAgain() throws IOException {
    Path run = train("interop", "--activation=tanh");
    String out = done("export", run, "--format", "onnx").out();
    assertTrue(out.contains("input      features: float32, rows x 4 ("), out);
    assertTrue(out.contains("output     prediction: float32, rows x 1 (y)"), out);
    Path onnx = run.resolve("export.onnx");
    Path wide = folder.resolve("wide.onnx");
    done(
        "export", run.resolve("model.shallot"), "--format=onnx", "--precision=float64", "-o", wide);
    assertTrue(Files.size(wide) > Files.size(onnx));
    Path tensors = folder.resolve("m.safetensors");
    done("export", run, "--format", "safetensors", "--out", tensors);
    Path model = folder.resolve("m.shallot");
    Map<String, Object> imported = document("import", tensors, "--out", model);
    assertEquals("tanh", imported.get("activation"));
    assertEquals(-1, Files.mismatch(run.resolve("model.shallot"), model));
    Cli.Result other = Cli.run("import", tensors, "--scale=3", "--out", folder.resolve("x"));
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("not 3.0: leave --scale out"), other.err());
    String predicted = done("predict", run, table()).out();
    assertEquals(predicted, done("predict", tensors, table()).out());
    assertEquals(done("evaluate", run, table()).out(), done("evaluate", tensors, table()).out());
    Path from = folder.resolve("from");
    done(
        "train",
        table(),
        "--target=y",
        "--init",
        tensors,
        "--activation=tanh",
        "--rounds=1",
        "--step-size=1e-30",
        "--precision=float64",
        "--out",
        from);
    assertEquals(predicted, done("predict", from, table()).out());
  }

  @Test
  void exportsRefuseWhatHasNoEffect() {
    Path run = train("refusals");
    for (Object[] wrong :
        new Object[][] {
          {"export", run, "--format", "onnx", "--rounds", "2"},
          {"export", run, "--format", "npz", "--precision", "float32"},
          {"export", run, "--format", "pickle"},
          {"export", run.resolve("model.shallot"), "--format", "onnx"},
          {"import", run.resolve("model.shallot"), "--out", folder.resolve("x")}
        }) {
      Cli.Result result = Cli.run(wrong);
      assertEquals(2, result.exitCode(), result.out());
      assertFalse(result.err().contains("\tat "), result.err());
    }
  }
}
