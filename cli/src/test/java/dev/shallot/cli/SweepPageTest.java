package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep of {@code docs/sweeps.md} runs and prints what the page shows. */
class SweepPageTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theExamplePrintsWhatThePageShows() throws Exception {
    List<Page.Block> blocks = Page.blocks("docs/sweeps.md");
    Files.writeString(folder.resolve("grid.yaml"), blocks.get(1).text());
    List<String> twoCores = new java.util.ArrayList<>(Cli.FLAGS);
    twoCores.add("-XX:ActiveProcessorCount=2");
    Cli.Result sweep = Cli.process(folder, twoCores, "sweep", "grid.yaml", "--out", "runs/grid");
    assertEquals(0, sweep.exitCode(), sweep.err());
    contains(sweep.out(), blocks.get(2).text());

    String questions = blocks.get(3).text();
    String sql = questions.substring(questions.indexOf('"') + 1, questions.lastIndexOf('"'));
    Cli.Result answer = Cli.run("query", folder.resolve("runs/grid"), sql);
    assertEquals(blocks.get(4).text(), answer.out(), answer.err());

    // The same by flags, two rounds of it.
    String command =
        blocks.get(0).text().replace("\\\n", " ").replace("--rounds 100", "--rounds 2");
    List<String> words = Arrays.asList(command.strip().split("\\s+", -1));
    List<Object> flags = new java.util.ArrayList<>(words.subList(1, words.size() - 1));
    flags.add(folder.resolve("by-flags"));
    assertEquals(0, Cli.run(flags.toArray()).exitCode());
  }

  private static void contains(String out, String shown) {
    List<String> lines = List.of(out.split("\n", -1));
    int at = 0;
    for (String line : shown.strip().split("\n", -1)) {
      int next = lines.subList(at, lines.size()).indexOf(line);
      assertTrue(next >= 0, "\"" + line + "\" is not in its place in\n" + out);
      at += next;
    }
  }
}
