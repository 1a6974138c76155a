package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.fetch.KnownData;
import dev.shallot.run.Json;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** A figure from the command to its page, killed on the way. */
class ReproduceCommandTest {
  private static final Object[] COMMAND = {
    "reproduce", "masked-neurons/fig2a", "--quick", "--out", "figure"
  };

  @TempDir Path folder = Path.of("");

  @Test
  void aFigureThatWasKilledGoesOnAndIsDrawnAndJudged() throws Exception {
    Path figure = folder.resolve("figure");
    Process killed = Cli.start(folder, Cli.FLAGS, COMMAND);
    waitFor(figure.resolve("categorical/cells.jsonl"), killed);
    killed.destroyForcibly().waitFor();

    Cli.Result result = Cli.process(folder, Cli.FLAGS, COMMAND);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("finished earlier"), result.err());
    assertTrue(result.out().contains("reproduced     SAW-1 (categorical)"), result.out());
    boolean cached = FetchCommand.cache().find(KnownData.COMMUNITIES_AND_CRIME).isPresent();
    String first = result.out().lines().findFirst().orElse("");
    assertEquals(!cached, first.contains("stand-in"), first);

    for (String name : List.of("categorical", "bernoulli", "rounds")) {
      String svg = Files.readString(figure.resolve(name + ".svg"));
      assertFalse(svg.contains("NaN"), name);
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
      assertTrue(Files.size(figure.resolve(name + ".png")) > 10_000, name);
      assertTrue(Files.size(figure.resolve(name + ".csv")) > 1_000, name);
    }
    String page = Files.readString(figure.resolve("figure.html"));
    assertTrue(page.contains("SAW-4 (Bernoulli)") && page.contains("Our choice"));
    assertFalse(page.contains("{{") || page.contains("<script"), "filled, and without scripts");

    byte[] verdicts = Files.readAllBytes(figure.resolve("verdicts.json"));
    Cli.Result again = Cli.process(folder, Cli.FLAGS, with("--json"));
    assertEquals(0, again.exitCode(), again.err());
    assertArrayEquals(verdicts, Files.readAllBytes(figure.resolve("verdicts.json")));
    Map<String, Object> document = Json.readObject(again.out(), "standard output");
    assertEquals("masked-neurons/fig2a", document.get("figure"));
    assertEquals(10, ((List<?>) document.getOrDefault("verdicts", List.of())).size());

    Cli.Result other = Cli.run("reproduce", "masked-neurons/fig2b", "--out", figure.toString());
    assertEquals(ExitCodes.BAD_INPUT, other.exitCode());
    assertTrue(other.err().contains("another figure"), other.err());
  }

  private static Object[] with(String flag) {
    Object[] command = java.util.Arrays.copyOf(COMMAND, COMMAND.length + 1);
    command[COMMAND.length] = flag;
    return command;
  }

  private static void waitFor(Path file, Process process) throws Exception {
    for (int i = 0; i < 2400 && process.isAlive(); i++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError(file + " did not appear");
  }

  @Test
  void withoutANameTheFiguresAreListed() {
    Cli.Result result = Cli.run("reproduce");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("masked-neurons/fig2b"), result.out());
    assertTrue(result.out().contains("ist/wider-is-better"), result.out());
  }

  @Test
  void wrongRequestsAreRefused() throws Exception {
    assertEquals(ExitCodes.BAD_INPUT, Cli.run("reproduce", "masked-neurons/fig9").exitCode());
    Files.writeString(folder.resolve("mine.txt"), "mine");
    Cli.Result taken = Cli.run("reproduce", "two-rates/rz3", "--quick", "--out", folder.toString());
    assertEquals(ExitCodes.BAD_INPUT, taken.exitCode());
    assertTrue(taken.err().contains("not empty"), taken.err());
    Path data = folder.resolve("mine.txt");
    Cli.Result own =
        Cli.run(
            "reproduce",
            "two-rates/rz3",
            "--data",
            data,
            "--out",
            folder.resolve("rz3").toString());
    assertEquals(ExitCodes.BAD_INPUT, own.exitCode());
    assertTrue(own.err().contains("makes its own data"), own.err());
  }
}
