package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/kernels.md} run, print what it shows, and NumPy agrees. */
class KernelPageTest {
  @TempDir Path folder = Path.of("");

  /** Runs a line of the page as a process in the test's folder. */
  private Cli.Result run(String line) throws IOException, InterruptedException {
    String[] words = line.replaceFirst("^\\./shallot ", "").split(" ", -1);
    Cli.Result result = Cli.process(folder, Cli.FLAGS, (Object[]) words);
    assertEquals(0, result.exitCode(), line + "\n" + result.err());
    return result;
  }

  @Test
  void theExamplePrintsWhatThePageShows() throws Exception {
    Files.createSymbolicLink(folder.resolve("communities.data"), KernelCommandTest.communities());
    List<Page.Block> blocks = Page.blocks("docs/kernels.md");
    assertTrue(blocks.get(0).text().contains("communities.data"));
    List<String> out = List.of(run(blocks.get(0).text().strip()).out().split("\n", -1));
    for (String line : blocks.get(1).text().split("\n", -1)) {
      assertTrue(out.contains(line), "\"" + line + "\" is not in\n" + String.join("\n", out));
    }
  }

  @Test
  void numPyMakesTheSameKernels() throws Exception {
    assumeTrue(python("-c", "import numpy").isEmpty(), "python3 with NumPy is not here");
    for (Page.Block block : Page.blocks("docs/kernels.md")) {
      for (String line : block.text().split("\n", -1)) {
        if (line.startsWith("./shallot ") && line.contains("table.csv")) {
          run(line);
        }
      }
      if (block.language().equals("python")) {
        assertEquals("", python("-c", block.text()));
      }
    }
    assertTrue(Files.size(folder.resolve("kernels.svg")) > 1000);
  }

  /** What Python says when it fails; nothing when all is well. */
  private String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : output + " ";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
