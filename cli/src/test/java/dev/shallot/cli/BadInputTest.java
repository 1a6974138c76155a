package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives one clear message and exit code 2, and leaves nothing behind. */
class BadInputTest {
  @TempDir Path folder = Path.of("");
  private Path good = Path.of("");

  @BeforeEach
  void writeTable() throws IOException {
    good = table("a,b,y\n1,2,3\n2,1,5\n3,5,4\n4,3,9\n5,9,1\n");
  }

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  /** Runs a command that must be refused with these words, in text and as JSON. */
  private void refused(List<String> words, Object... arguments) throws IOException {
    List<String> before = files();
    Cli.Result result = Cli.run(arguments);
    assertEquals(ExitCodes.BAD_INPUT, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("shallot: "), result.err());
    assertTrue(!result.err().contains("\tat "), result.err());
    for (String word : words) {
      assertTrue(result.err().contains(word), result.err());
    }
    Object[] withJson = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    withJson[arguments.length] = "--json";
    Cli.Result json = Cli.run(withJson);
    assertEquals(ExitCodes.BAD_INPUT, json.exitCode());
    Map<String, Object> document = Json.readObject(json.out(), "standard output");
    assertEquals(2, document.get("exitCode"));
    String error = String.valueOf(document.get("error"));
    assertEquals(result.err().strip(), "shallot: " + error.strip());
    assertEquals(before, files(), "nothing is written");
  }

  private Object[] train(Object... more) {
    Object[] all = new Object[more.length + 5];
    Object[] start = {"train", good, "--out", folder.resolve("run"), "--rounds=2"};
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    return all;
  }

  @Test
  void aMissingFile() throws IOException {
    Path absent = folder.resolve("absent.csv");
    refused(List.of(absent.toString()), "train", absent, "--target", "y", "--out", "x");
  }

  @Test
  void anAbsentColumnWithNamesThatAreClose() throws IOException {
    table("alpha,beta,price\n1,2,3\n2,3,4\n5,1,2\n");
    refused(List.of("prise", "price"), train("--target", "prise"));
    refused(List.of("7"), train("--target", "7"));
  }

  @Test
  void noTarget() throws IOException {
    refused(List.of("--target"), train());
  }

  @Test
  void textInANumericColumn() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(i).append(",word").append(i).append(',').append(i % 7).append('\n');
    }
    table(text.toString());
    refused(List.of("b"), train("--target", "y"));
    table("a,y\n1,2\n2,three\n3,4\n");
    refused(List.of("three"), train("--target", "y"));
  }

  @Test
  void aRaggedRow() throws IOException {
    table("a,b,y\n1,2,3\n1,2\n3,4,5\n");
    refused(List.of("row"), train("--target", "y"));
  }

  @Test
  void anEmptyFile() throws IOException {
    table("");
    refused(List.of("empty"), train("--target", "y"));
  }

  @Test
  void aHeaderOnly() throws IOException {
    table("a,b,y\n");
    refused(List.of("table.csv"), train("--target", "y"));
  }

  @Test
  void cellsThatAreMissingOrInfinite() throws IOException {
    table("a,b,y\n1,2,3\nNaN,2,4\n3,4,5\n");
    refused(List.of("a", "--missing"), train("--target", "y"));
    table("a,b,y\n1,2,3\ninf,2,4\n3,4,5\n");
    refused(List.of("a"), train("--target", "y"));
  }

  @Test
  void aConstantTarget() throws IOException {
    table("a,b,y\n1,2,3\n2,2,3\n3,4,3\n");
    refused(List.of("'y'", "nothing to learn"), train("--target", "y"));
  }

  @Test
  void moreRowsThanThereAre() throws IOException {
    refused(List.of("50", "5"), train("--target", "y", "--rows", "50"));
    refused(List.of("3:9"), train("--target", "y", "--rows", "3:9"));
  }

  @Test
  void numbersOutOfRange() throws IOException {
    refused(List.of("--width", "\"0\""), train("--target", "y", "--width", "0"));
    refused(List.of("--keep", "\"0\""), train("--target", "y", "--keep", "0"));
    refused(List.of("--keep", "\"1.1\""), train("--target", "y", "--keep", "1.1"));
    refused(List.of("--step-size"), train("--target", "y", "--step-size", "-1"));
    refused(List.of("multiple"), train("--target", "y", "--mask", "partition", "--width", "7"));
    refused(
        List.of("output"),
        train("--target", "y", "--train", "hidden", "--output-step-size", "0.1"));
  }

  @Test
  void anOutputFolderThatExists() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    refused(List.of("exists already"), train("--target", "y"));
  }

  @Test
  void aPlanThatIsWrong() throws IOException {
    Path plan = Files.writeString(folder.resolve("plan.json"), "{\"widht\": 5}");
    refused(List.of("widht", "Did you mean width"), train("--target", "y", "--plan", plan));
    refused(List.of("no-plan.json"), train("--target", "y", "--plan", "no-plan.json"));
    refused(List.of("Did you mean dropout"), train("--target", "y", "--method", "dropuot"));
  }

  @Test
  void aDamagedModel() throws IOException {
    assertEquals(0, Cli.run(train("--target", "y", "--width", "8", "--quiet")).exitCode());
    Path model = folder.resolve("run").resolve("model.shallot");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    refused(List.of("damaged at byte"), "predict", folder.resolve("run"), good);
    refused(List.of("damaged at byte"), "evaluate", folder.resolve("run"), good);
    Files.write(model, java.util.Arrays.copyOf(bytes, 30));
    refused(List.of("cut short"), "predict", folder.resolve("run"), good);
  }

  @Test
  void pathsThatAreNoRuns() throws IOException {
    refused(List.of("absent"), "predict", folder.resolve("absent"), good);
    refused(List.of("run.json"), "report", folder);
    refused(List.of("run.json"), "export", folder, "--format", "npz");
  }

  @Test
  void wrongUsage() throws IOException {
    refused(List.of("there is no command \"trian\"", "Did you mean train"), "trian");
    refused(List.of("--widht", "Did you mean --width"), train("--widht", "5"));
    refused(List.of("DATA"), "train");
    refused(List.of("npz"), "export", folder, "--format", "xml");
    refused(
        List.of("sphere, gaussian, embedding, tabular"),
        "data",
        "synthesize",
        "cube",
        "--out",
        folder.resolve("x.csv"));
    refused(
        List.of("--rows"),
        "data",
        "synthesize",
        "sphere",
        "--rows",
        "0",
        "--out",
        folder.resolve("x.csv"));
    refused(
        List.of(".csv or .npz"), "data", "synthesize", "sphere", "--out", folder.resolve("x.txt"));
    refused(List.of("exists already"), "data", "synthesize", "sphere", "--out", good);
    refused(List.of("there is no command"), "help", "frobnicate");
  }

  @Test
  void aTableThatDoesNotFitTheModel() throws IOException {
    assertEquals(0, Cli.run(train("--target", "y", "--width", "8", "--quiet")).exitCode());
    Path other = Files.writeString(folder.resolve("other.csv"), "a,c\n1,2\n3,4\n");
    refused(List.of("b"), "predict", folder.resolve("run"), other);
    Path missing = Files.writeString(folder.resolve("missing.csv"), "a,b\n1,2\n?,4\n");
    refused(List.of("a"), "predict", folder.resolve("run"), missing);
    refused(List.of("exists already"), "predict", folder.resolve("run"), good, "--out", good);
  }
}
