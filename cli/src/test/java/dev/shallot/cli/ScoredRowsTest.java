package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows are scored and predicted, and what each counts. */
class ScoredRowsTest {
  @TempDir Path folder = Path.of("");

  private static Map<String, Object> json(Cli.Result result) {
    assertEquals(0, result.exitCode(), result.err() + result.out());
    return Json.readObject(result.out(), "standard output");
  }

  /** Named by its position in training, and found by its name. */
  @Test
  void weightsByPositionAreTheSameColumnInOtherTables() throws IOException {
    StringBuilder rows = new StringBuilder("a,b,w,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append(Math.cos(i)).append(',').append(Math.sin(i)).append(',').append(1 + i % 3);
      rows.append(i % 2 == 0 ? ",even\n" : ",odd\n");
    }
    Path table = Files.writeString(folder.resolve("table.csv"), rows);
    Path run = folder.resolve("run");
    Cli.Result trained =
        Cli.run(
            "train",
            table,
            "--target=a",
            "--exclude=kind",
            "--weights=3",
            "--width=16",
            "--rounds=3",
            "--out",
            run);
    assertEquals(0, trained.exitCode(), trained.err());
    Path moved = folder.resolve("moved.csv");
    StringBuilder text = new StringBuilder("w,kind,b,a\n");
    for (String line : Files.readAllLines(table).subList(1, 61)) {
      String[] cells = line.split(",", 4);
      text.append(cells[2] + "," + cells[3] + "," + cells[1] + "," + cells[0] + "\n");
    }
    Files.writeString(moved, text);
    Map<String, Object> expected = json(Cli.run("evaluate", run, table, "--json"));
    assertEquals(true, expected.get("weighted"));
    assertEquals(expected, json(Cli.run("evaluate", run, moved, "--json")));
    Path none = Files.writeString(folder.resolve("none.csv"), "a,b,w\n1,2,0\n2,3,0\n");
    Cli.Result refused = Cli.run("evaluate", run, none);
    assertEquals(2, refused.exitCode(), refused.out());
    assertTrue(refused.err().contains("0.0 in sum"), refused.err());
  }

  /** Readers skip blank lines, and the predictions below would move up. */
  @Test
  void aRowWithoutAPredictionIsARowAllTheSame() throws IOException {
    Path data =
        Files.writeString(folder.resolve("gaps.csv"), "a,b,y\n1,2,u\n?,1,v\n3,1,u\n4,4,v\n5,2,u\n");
    Path run = folder.resolve("run");
    assertEquals(
        0,
        Cli.run(
                "train",
                data,
                "--target=y",
                "--loss=cross-entropy",
                "--missing=drop-rows",
                "--width=8",
                "--rounds=2",
                "--out",
                run)
            .exitCode());
    Path out = folder.resolve("predicted.csv");
    assertEquals(0, Cli.run("predict", run, data, "--out", out).exitCode());
    assertEquals("\"\"", Files.readAllLines(out).get(2));
    Path gaps = Files.writeString(folder.resolve("only.csv"), "a,b,y\n?,2,u\n1,?,v\n");
    Cli.Result nothing = Cli.run("evaluate", run, gaps);
    assertEquals(2, nothing.exitCode(), nothing.out());
    assertTrue(nothing.err().contains("every row of"), nothing.err());
  }
}
