package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of {@code docs/theory.md} prints the lines that it shows. */
class TheoryPageTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theExamplePrintsWhatThePageShows() throws Exception {
    Files.createSymbolicLink(folder.resolve("communities.data"), KernelCommandTest.communities());
    List<Page.Block> blocks = Page.blocks("docs/theory.md");
    String command = blocks.get(0).text().strip().replaceFirst("^\\./shallot ", "");
    Cli.Result result = Cli.process(folder, Cli.FLAGS, (Object[]) command.split(" ", -1));
    assertEquals(0, result.exitCode(), result.err());
    List<String> out = List.of(result.out().split("\n", -1));
    int at = 0;
    for (String line : blocks.get(1).text().strip().split("\n", -1)) {
      int next = out.subList(at, out.size()).indexOf(line);
      assertTrue(next >= 0, "\"" + line + "\" is not in its place in\n" + result.out());
      at += next;
    }
  }
}
