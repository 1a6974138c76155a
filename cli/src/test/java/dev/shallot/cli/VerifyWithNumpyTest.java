package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Trains and exports through the command line, then lets {@code docs/verify_with_numpy.py}, which
 * knows nothing of this program, compute every run again.
 */
class VerifyWithNumpyTest {
  private static final String SMALL =
      "--paper --width 36 --subnets 3 --rounds 7 --local-steps 3 --step-size 0.3 --seed 42"
          + " --events steps ";

  @TempDir private static Path folder;

  @BeforeAll
  static void writeData() throws IOException {
    assumeTrue(hasNumPy(), "python3 with NumPy is not here, so nothing is verified");
    StringBuilder text = new StringBuilder();
    for (int j = 0; j < 5; j++) {
      text.append("x").append(j).append(',');
    }
    for (int o = 0; o < 10; o++) {
      text.append("y").append(o).append(',');
    }
    text.append("kind,w\n");
    for (int i = 0; i < 31; i++) {
      for (int j = 0; j < 5; j++) {
        text.append(String.format(Locale.ROOT, "%.6f,", Math.sin(1.7 * i + 2.3 * j * j + 0.4)));
      }
      for (int o = 0; o < 10; o++) {
        double y = Math.cos(0.9 * i * (o + 1)) + 0.1 * o;
        text.append(String.format(Locale.ROOT, "%.6f,", y));
      }
      text.append(List.of("a", "c", "b").get(i * i % 7 % 3)).append(',').append(i % 4).append('\n');
    }
    Files.writeString(folder.resolve("data.csv"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // every mask law, one output and ten, every set of trained layers, both engines
        "--target y0 --mask full --subnets 1 --engine reference",
        "--target y0 --mask full --subnets 2 --train both",
        "--target y0 --mask bernoulli --keep 0.4 --engine reference",
        "--target 6-15 --mask bernoulli --keep 0.4",
        "--target 6-15 --mask bernoulli --keep 0.4 --scaling inverted --step-size 0.05",
        "--target y0 --mask categorical --train both --output-step-size 0.1",
        "--target 6-15 --mask categorical --train output",
        "--target y0 --mask partition --scaling inverted --step-size 0.05 --threads 2",
        "--target 6-15 --mask partition --train both",
        // smooth activations, after the default
        "--target y0 --mask bernoulli --keep 0.4 --activation softplus --engine reference",
        "--target 6-15 --mask categorical --activation gelu --train both --step-size 0.05",
        "--target y0 --mask partition --activation tanh --precision float32",
        // sample space
        "--target y0 --mask bernoulli --keep 0.4 --engine gram",
        "--target 6-15 --mask categorical --train both --engine gram",
        "--target y0 --mask bernoulli --precision float32 --engine gram",
        // the other aggregations
        "--target y0 --mask bernoulli --keep 0.3 --aggregation subnet-mean",
        "--target 6-15 --mask bernoulli --keep 0.3 --aggregation subnet-mean --train both",
        "--target y0 --mask bernoulli --keep 0.3 --aggregation zero-uncovered",
        "--target 6-15 --mask bernoulli --keep 0.3 --aggregation zero-uncovered --train both",
        // minibatches: 31 samples in batches of 7, so orders have a rest
        "--target y0 --mask bernoulli --keep 0.5 --batch 7 --step-size 0.1",
        "--target 6-15 --mask partition --batch 7 --step-size 0.1 --train both",
        "--target y0 --mask categorical --batch 100",
        // laws of initial weights, thinned events, float32
        "--target y0 --mask categorical --init he --init-scale 0.5 --step-size 0.02",
        "--target y0 --mask categorical --init lecun --events-every 3 --step-size 0.02",
        "--target y0 --mask categorical --init glorot --events rounds --step-size 0.02",
        "--target 6-15 --mask bernoulli --precision float32",
        "--target y0 --mask bernoulli --precision float32 --batch 7 --step-size auto",
        // shards: 31 samples, 10 a subnet, in batches of 4
        "--target y0 --mask partition --data-split shard --step-size 0.1",
        "--target 6-15 --mask bernoulli --keep 0.5 --data-split shard --batch 4 --step-size 0.05",
        // momentum, schedules, weights, classes, early stopping
        "--target y0 --mask bernoulli --keep 0.4 --momentum 0.9 --schedule cosine --warm-up 2"
            + " --engine reference",
        "--target y0 --mask bernoulli --keep 0.3 --momentum 0.9 --aggregation subnet-mean --train"
            + " both --step-size 0.05",
        "--target 6-15 --mask bernoulli --keep 0.3 --momentum 0.8 --aggregation zero-uncovered"
            + " --batch 7 --step-size 0.05",
        "--target y0 --mask partition --weights w --schedule steps --schedule-every 2 --precision"
            + " float32",
        "--target kind --loss cross-entropy --mask categorical --engine reference --schedule"
            + " linear",
        "--target kind --loss cross-entropy --weights w --mask bernoulli --keep 0.5 --momentum 0.9"
            + " --batch 7 --train both --step-size 0.05",
        "--target kind --loss cross-entropy --mask bernoulli --keep 0.5 --validation 0.2"
            + " --stop-held-out 1 --step-size 0.5 --momentum 0.9"
      })
  void numPyComputesTheSameRun(String flags) throws Exception {
    Path run = train(SMALL + "--features 1-5 " + flags);
    Verdict verdict = verify(run);
    assertTrue(verdict.good() && verdict.output().contains("OK: "), verdict.output());
  }

  @Test
  void numPyComputesTheDefaultRunOfSomebodyWithATable() throws Exception {
    Path run = train("--target y3 --features 1-5 --width 40 --rounds 10 --split 0.2 --seed 3");
    Verdict verdict = verify(run);
    assertTrue(verdict.good(), verdict.output());
  }

  @Test
  void aChangedEventIsFound() throws Exception {
    Path run = train(SMALL + "--features 1-5 --target y0 --mask categorical");
    Path events = run.resolve("events.jsonl");
    List<String> lines = Files.readAllLines(events);
    String last = lines.get(lines.size() - 1);
    // Adds a hundred-millionth to the last error.
    String number = last.replaceFirst(".*\"error\":([0-9.E-]+),.*", "$1");
    String changed = Double.toString(Double.parseDouble(number) * (1 + 1e-8));
    lines.set(lines.size() - 1, last.replace(number, changed));
    Files.write(events, lines);
    Verdict verdict = verify(run);
    assertTrue(!verdict.good() && verdict.output().contains("FAIL: "), verdict.output());
    assertTrue(verdict.output().contains("aggregated, round 6"), verdict.output());
  }

  @Test
  void anotherSeedIsFound() throws Exception {
    Path run = train(SMALL + "--features 1-5 --target y0 --mask bernoulli");
    Path document = run.resolve("run.json");
    String text = Files.readString(document);
    Files.writeString(document, text.replaceFirst("(\"seed\"\\s*:\\s*)42", "$143"));
    Verdict verdict = verify(run);
    assertTrue(!verdict.good() && !verdict.output().contains(" 0 bits differ"), verdict.output());
  }

  /** Trains and exports; the run folder. */
  private static Path train(String flags) throws IOException {
    Path run = Files.createTempDirectory(folder, "run").resolve("r");
    List<String> arguments = new ArrayList<>();
    arguments.add("train");
    arguments.add(folder.resolve("data.csv").toString());
    arguments.addAll(lastOfEach(flags));
    arguments.addAll(List.of("--out", run.toString()));
    shallot(arguments);
    shallot(List.of("export", run.toString(), "--format", "npz"));
    return run;
  }

  /** Flags of which a later one overrides an earlier one. */
  private static List<String> lastOfEach(String flags) {
    var values = new java.util.LinkedHashMap<String, String>();
    String flag = "";
    for (String word : flags.strip().split(" +", -1)) {
      if (word.startsWith("--")) {
        flag = word;
        values.put(flag, "");
      } else {
        values.put(flag, word);
      }
    }
    List<String> words = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          words.add(name);
          if (!value.isEmpty()) {
            words.add(value);
          }
        });
    return words;
  }

  private static void shallot(List<String> arguments) {
    StringWriter told = new StringWriter();
    CommandLine shallot = Shallot.commandLine();
    shallot.setOut(new PrintWriter(told));
    shallot.setErr(new PrintWriter(told));
    int exitCode = shallot.execute(arguments.toArray(String[]::new));
    assertEquals(0, exitCode, () -> arguments + "\n" + told);
  }

  private record Verdict(boolean good, String output) {}

  private static Verdict verify(Path run) throws Exception {
    Path script = repository().resolve("docs/verify_with_numpy.py");
    return python(script.toString(), run.toString());
  }

  private static Verdict python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor() == 0, output);
  }

  private static boolean hasNumPy() {
    try {
      return python("-c", "import numpy").good();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Path repository() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/verify_with_numpy.py"))) {
      Path above = at.getParent();
      if (above == null) {
        throw new AssertionError(
            "no docs/verify_with_numpy.py above " + Path.of("").toAbsolutePath());
      }
      at = above;
    }
    return at;
  }
}
