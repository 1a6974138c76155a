package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Smooth activations, diagnostics, baselines and the width search, as somebody would use them. */
class BothLayersTest {
  @TempDir private Path folder = Path.of("");

  private Path table(String set, int rows, int features, String labels) {
    Path file = folder.resolve(set + "-" + labels + ".csv");
    Cli.Result made =
        Cli.run(
            "data",
            "synthesize",
            set,
            "--rows",
            rows,
            "--features",
            features,
            "--labels",
            labels,
            "--out",
            file);
    assertEquals(0, made.exitCode(), made.err());
    return file;
  }

  private static Object at(Map<?, ?> map, String... path) {
    Object found = map;
    for (String name : path) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
    }
    return found;
  }

  private Object[] with(String text, Object first, Object... more) {
    List<Object> all = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
    all.add(1, first);
    all.addAll(List.of("--target", "y"));
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }

  @Test
  void aTrackedRunWithBaselinesTellsAllOfIt() throws Exception {
    Path data = table("tabular", 60, 5, "natural");
    Object[] command =
        with(
            "train --activation gelu --train both --split 0.2 --width 100 --rounds 12 --batch full"
                + " --track all --baseline --seed 3",
            data);
    Cli.Result words = Cli.process(folder, Cli.FLAGS, append(command, "--out", "words"));
    assertEquals(0, words.exitCode(), words.err());
    for (String part :
        List.of(
            "activation (phi) gelu",
            "smallest lambda_min(m o H) = ",
            "kernel drift",
            "PL constant",
            "residual along eigenvectors",
            "tracking took",
            "dense, no masks",
            "linearised",
            "infinite kernel",
            "random features")) {
      assertTrue(words.out().contains(part), part + " is not in\n" + words.out());
    }
    assertFalse(words.out().contains("NaN"), words.out());
    Cli.Result json = Cli.process(folder, Cli.FLAGS, append(command, "--out", "json", "--json"));
    assertEquals(0, json.exitCode(), json.err());
    Map<String, Object> document = Json.readObject(json.out(), "test");
    assertEquals("gelu", at(document, "plan", "activation"));
    assertTrue(at(document, "outcome", "tracked", "largestDrift", "value") instanceof Double);
    assertEquals(4, ((List<?>) at(document, "baselines")).size());
    assertEquals(
        at(document, "baselines"),
        at(Json.readObject(Files.readString(folder.resolve("json/run.json")), "t"), "baselines"));
    String report = Files.readString(folder.resolve("json/report.html"));
    assertTrue(report.contains("<h2>Baselines</h2>") && report.contains("random features"));
    Cli.Result predicted = Cli.run("predict", folder.resolve("json"), data);
    assertEquals(0, predicted.exitCode(), predicted.err());
  }

  private static Object[] append(Object[] arguments, Object... more) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  @Test
  void aWidthSearchFindsAWidthAndDoesNothingTwice() throws Exception {
    Path data = table("gaussian", 24, 8, "rademacher");
    Object[] command =
        with(
            "width --seeds 3 --rounds 2000 --scale none --unit-rows off --bias off --label-scale"
                + " none --threads 1 --out search --json",
            data);
    Cli.Result first = Cli.process(folder, Cli.FLAGS, command);
    assertEquals(0, first.exitCode(), first.err());
    Map<String, Object> document = Json.readObject(first.out(), "test");
    int width = ((Number) at(document, "width")).intValue();
    assertTrue(width > 1 && width < 64, "m* = " + width);
    long condition = ((Number) at(document, "condWidthEstimated")).longValue();
    assertTrue(condition > 10L * width, "COND asks for " + condition);
    Cli.Result second = Cli.process(folder, Cli.FLAGS, command);
    Map<String, Object> again = Json.readObject(second.out(), "test");
    assertEquals(at(document, "widths"), at(again, "widths"));
    assertFalse(second.err().contains("seed 0"), second.err());
    Cli.Result other = Cli.process(folder, Cli.FLAGS, append(command, "--tolerance", "0.5"));
    assertEquals(2, other.exitCode());
    assertTrue(other.out().contains("other settings"), other.out());
  }

  @Test
  void theKernelOfBothLayersComesWithWhatItsTheoryAsksFor() {
    Path data = table("sphere", 30, 10, "gauss");
    Cli.Result result =
        Cli.run(
            with("kernel --kernels both,finite --init lecun --activation tanh --width 600", data));
    assertEquals(0, result.exitCode(), result.err());
    for (String part : List.of("both ", "finite ", "PL: ", "smoothness", "COND", "estimated")) {
      assertTrue(result.out().contains(part), part + " is not in\n" + result.out());
    }
    Cli.Result infinite = Cli.run(with("kernel --activation softplus --width 600", data));
    assertEquals(0, infinite.exitCode(), infinite.err());
  }

  @Test
  void trainingOfBothLayersIsJudgedByCondAndSmoothOnesAreTold() {
    Path data = table("sphere", 20, 6, "gauss");
    Cli.Result result =
        Cli.run(
            with(
                "theory --train both --mask full --init lecun --activation tanh --width 400"
                    + " --rounds 20 --seeds 2",
                data));
    assertEquals(0, result.exitCode(), result.err());
    for (String part :
        List.of(
            "COND (both layers)",
            "the whole network is trained",
            "to be expected from m = ",
            "the activation is ReLU",
            "it falls as fast as COND promises")) {
      assertTrue(result.out().contains(part), part + " is not in\n" + result.out());
    }
  }

  @Test
  void wrongInputIsRefusedWithItsCause() {
    Path data = table("sphere", 20, 4, "uniform");
    String[][] wrong = {
      {"train --activation sigmoid", "relu, softplus, gelu, tanh"},
      {"train --activation tanh --engine gram", "use engine dense"},
      {"train --track spectra", "some of kernel, spectrum"},
      {"train --track-every 3", "nothing is tracked"},
      {"kernel --output-rate 2", "--kernels both"},
      {"kernel --kernels both --output-rate 0", "positive"},
      {"width --out s --tolerance 2", "tolerance"},
      {"width --out s --from 9 --to 3", "9 to 3"},
      {"width --out s --init weights.npz", "choose a law"},
      {"width", "--out"},
    };
    for (String[] line : wrong) {
      Cli.Result result = Cli.run(with(line[0], data));
      assertEquals(2, result.exitCode(), line[0] + "\n" + result.out());
      assertTrue(result.err().contains(line[1]), line[0] + "\n" + result.err());
    }
  }
}
