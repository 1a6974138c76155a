package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep}, {@code query} and {@code export} as somebody types them. */
class SweepCommandTest {
  private static final String DATA = "synthetic:tabular,rows=20,features=5";

  @TempDir Path folder = Path.of("");

  private static Cli.Result done(Object... arguments) {
    Cli.Result result = Cli.run(arguments);
    assertEquals(0, result.exitCode(), result.out() + result.err());
    return result;
  }

  private static String refused(Object... arguments) {
    Cli.Result result = Cli.run(arguments);
    assertEquals(ExitCodes.BAD_INPUT, result.exitCode(), result.out() + result.err());
    assertTrue(result.err().startsWith("shallot: "), result.err());
    return result.err();
  }

  private Path small(String name) {
    Path out = folder.resolve(name);
    done(
        "sweep",
        DATA,
        "--grid",
        "keep=0.5,1",
        "--grid",
        "subnets=1:2",
        "--seeds",
        2,
        "--width",
        16,
        "--rounds",
        4,
        "--batch",
        "full",
        "--out",
        out);
    return out;
  }

  @Test
  void flagsAndAFileGiveTheSameSweep() throws IOException {
    Path spec = folder.resolve("grid.yaml");
    Files.writeString(
        spec,
        """
        data: %s
        plan: {width: 16, rounds: 4, batch: full}
        grid:
          keep: [0.5, 1]
          subnets: 1:2
        seeds: 2
        """
            .formatted(DATA));
    Path byFlags = small("flags");
    Path byFile = folder.resolve("file");
    String told = done("sweep", spec, "--out", byFile).out();
    for (String words :
        List.of(
            "n = 20 samples",
            "keep: 0.5, 1",
            "8 cells",
            "keep  subnets  seeds",
            "95 % interval",
            "8 of 8 cells")) {
      assertTrue(told.contains(words), words + "\n" + told);
    }
    for (String format : List.of("csv", "parquet")) {
      for (String table : List.of("cells", "traces")) {
        done("export", byFlags, "--format", format, "--table", table);
        done("export", byFile, "--format", format, "--table", table);
        String name = table + "." + format;
        assertArrayEquals(
            Files.readAllBytes(byFlags.resolve(name)), Files.readAllBytes(byFile.resolve(name)));
      }
    }
    List<String> lines = Files.readAllLines(byFlags.resolve("cells.csv"));
    assertEquals(9, lines.size());
    assertTrue(lines.get(8).startsWith("7,1.0,2,1,rounds-done"), lines.get(8));
    assertFalse(lines.get(0).contains("seconds"), "what depends on the machine is left out");
  }

  @Test
  void theDocumentHoldsTheSummary() {
    Map<String, Object> document =
        Json.readObject(
            done(
                    "sweep",
                    DATA,
                    "--seeds",
                    3,
                    "--width",
                    16,
                    "--rounds",
                    2,
                    "--out",
                    folder.resolve("s"),
                    "--json")
                .out(),
            "standard output");
    assertEquals(true, document.get("complete"));
    assertEquals(3, document.get("finished"));
    assertTrue(String.valueOf(document.get("summary")).contains("interval95"));
  }

  @Test
  void queriesAnswerInEveryFormat() throws IOException {
    Path sweep = small("s");
    String listed = done("query", sweep).out();
    assertTrue(listed.contains("cells: 8 rows") && listed.contains("final_error"), listed);
    String sql = "SELECT keep, count(*) AS n FROM cells GROUP BY keep ORDER BY keep";
    assertEquals("keep  n\n 0.5  4\n   1  4\n", done("query", sweep, sql).out());
    assertEquals("keep,n\n0.5,4\n1.0,4\n", done("query", sweep, sql, "--format", "csv").out());
    assertTrue(done("query", sweep, sql, "--format", "json").out().contains("\"n\" : 4"));
    Path file = folder.resolve("answer.parquet");
    assertTrue(refused("query", sweep, sql, "--format", "parquet").contains("--out FILE"));
    done("query", sweep, sql, "--format", "parquet", "--out", file);
    assertTrue(Files.size(file) > 100);
    assertTrue(refused("query", sweep, sql, "--out", file).contains("exists already"));
    assertTrue(refused("query", sweep, "SELECT x FROM cells").contains("Binder Error"));
    assertTrue(refused("query", sweep, sql, "--format", "xml").contains("unknown format"));
    assertTrue(
        refused("query", sweep, "COPY cells TO '" + folder.resolve("x") + "'")
            .contains("disabled"));
    assertFalse(Files.exists(folder.resolve("x")));
    assertTrue(refused("query", folder.resolve("none")).contains("there is no folder"));
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path out = folder.resolve("s");
    assertTrue(refused("sweep", DATA, "--out", out).contains("needs an axis"));
    assertTrue(refused("sweep", DATA, "--grid", "kepe=1", "--out", out).contains("no plan key"));
    assertTrue(
        refused("sweep", DATA, "--grid", "keep=1", "--keep", "0.5", "--out", out)
            .contains("--keep has no effect"));
    assertTrue(refused("sweep", DATA, "--grid", "keep=2", "--out", out).contains("at most 1"));
    assertTrue(refused("sweep", DATA, "--seeds", "0", "--out", out).contains("at least 1"));
    assertTrue(refused("sweep", "synthetic:cube", "--seeds", "2", "--out", out).contains("cube"));
    assertTrue(
        refused("sweep", DATA, "--seeds", "2", "--workers", "-1", "--out", out)
            .contains("at least 1 worker"));
    assertTrue(
        refused("sweep", folder.resolve("absent.csv"), "--seeds", "2", "--out", out)
            .contains("absent.csv"));
    Path spec = folder.resolve("grid.yaml");
    Files.writeString(spec, "data: x.csv\ngrdi: 1\n");
    assertTrue(
        refused("sweep", spec, "--out", out).contains("grid.yaml, line 2, column 1: unknown key"));
    Files.writeString(spec, "seeds: 2\n");
    assertTrue(refused("sweep", spec, "--out", out).contains("names no data"));
    assertTrue(
        refused("sweep", spec, "--seeds", "3", "--out", out).contains("write --grid, --seeds"));
    assertFalse(Files.exists(out));
    small("s");
    assertTrue(
        refused("sweep", DATA, "--seeds", "2", "--out", out).contains("holds another sweep"));
    assertTrue(refused("export", out, "--format", "npz").contains("csv and parquet"));
    assertTrue(
        refused("export", out, "--format", "csv", "--table", "runs").contains("cells and traces"));
  }

  @Test
  void aFailedCellIsToldAndTheRestIsThere() {
    Path out = folder.resolve("s");
    Object[] command = {
      "sweep",
      DATA,
      "--width",
      "16",
      "--rounds",
      "2",
      "--train",
      "both",
      "--grid",
      "output-step-size=0.01,1e9",
      "--out",
      out
    };
    Cli.Result result = Cli.run(command);
    assertEquals(ExitCodes.BAD_INPUT, result.exitCode(), result.err());
    assertTrue(result.err().contains("1 run failed; at output-step-size 1e9"), result.err());
    assertTrue(result.out().contains("1 failed"), result.out());
    assertTrue(
        done("query", out, "SELECT stop_reason FROM cells ORDER BY cell")
            .out()
            .endsWith("rounds-done\nfailed\n"));
  }

  @Test
  void stoppingRulesEndATrainingAndAreRecorded() throws IOException {
    Path table = folder.resolve("t.csv");
    done("data", "synthesize", "tabular", "--rows", 20, "--features", 5, "--out", table);
    Object[] train = {
      "train", table, "--target", "y", "--width=16", "--batch=full", "--rounds=5000", "--json"
    };
    String[][] rules = {
      {"--stop-error=0.5", "target-error"},
      {"--stop-plateau=11", "plateau"},
      {"--stop-seconds=0.000001", "time-budget"}
    };
    for (String[] rule : rules) {
      Object[] all = java.util.Arrays.copyOf(train, train.length + 3);
      all[train.length] = rule[0];
      all[train.length + 1] = "--out";
      all[train.length + 2] = folder.resolve(rule[1]);
      Map<String, Object> run = Json.readObject(done(all).out(), "standard output");
      assertTrue(
          String.valueOf(run.get("outcome")).contains("stopReason=" + rule[1]),
          String.valueOf(run.get("outcome")));
      String report = Files.readString(folder.resolve(rule[1]).resolve("report.html"));
      assertTrue(report.contains("it stopped"), "the report tells why");
      assertFalse(report.contains("was not finished"));
    }
    assertTrue(
        refused("train", table, "--target", "y", "--stop-patience", "6", "--out", "x")
            .contains("belong to stop-plateau"));
  }
}
