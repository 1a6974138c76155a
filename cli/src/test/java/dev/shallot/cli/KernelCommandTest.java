package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shallot kernel}: what it says is so, and what it cannot do it refuses. */
class KernelCommandTest {
  @TempDir Path folder = Path.of("");

  private Path table() {
    Path file = folder.resolve("table.csv");
    if (!Files.exists(file)) {
      Cli.Result made =
          Cli.run("data", "synthesize", "tabular", "--rows", 60, "--features", 5, "--out", file);
      assertEquals(0, made.exitCode(), made.err());
    }
    return file;
  }

  private static Object[] with(Object[] arguments, Object... more) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private Cli.Result kernel(Object... more) {
    Cli.Result result = Cli.run(with(new Object[] {"kernel", table(), "--target", "y"}, more));
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  private Map<String, Object> document(Object... more) {
    return Json.readObject(kernel(with(more, "--json")).out(), "standard output");
  }

  private static Map<?, ?> kernel(Map<String, Object> document, String name) {
    return ((List<?>) Objects.requireNonNull(document.get("kernels")))
        .stream()
            .map(entry -> (Map<?, ?>) entry)
            .filter(entry -> name.equals(entry.get("kernel")))
            .findFirst()
            .orElseThrow();
  }

  private static double number(Map<?, ?> map, String key) {
    return ((Number) Objects.requireNonNull(map.get(key), key)).doubleValue();
  }

  private void refused(List<String> words, Object... more) throws IOException {
    Cli.Result result = Cli.run(with(new Object[] {"kernel", table(), "--target", "y"}, more));
    assertEquals(ExitCodes.BAD_INPUT, result.exitCode(), result.out());
    assertEquals("", result.out());
    for (String word : words) {
      assertTrue(result.err().contains(word), result.err());
    }
    Cli.Result json =
        Cli.run(with(new Object[] {"kernel", table(), "--target", "y", "--json"}, more));
    assertEquals(2, Json.readObject(json.out(), "standard output").get("exitCode"), json.out());
  }

  @Test
  void dataFactsComeFirstThenTheTableThenThePicture() {
    String out = kernel("--width", 256).out();
    int at = 0;
    for (String words :
        List.of(
            "data       ",
            "unit rows; no two rows parallel",
            "pair       rows ",
            "degrees between their lines, so by Theorem 1 lambda_0 > 0",
            "labels     |y| <= ",
            "n = 60, d = 6, m = 256, xi = 0.5, ntk weights, seed 0, bernoulli masks",
            "subnet 0 of round 0, which holds 1",
            "counted exactly",
            "lambda_min     proven within lambda_max   condition    trace",
            "infinite   0.0",
            "finite     0.0",
            "masked     ",
            "without xi, H-inf / 0.5 has lambda_min 0.0",
            "eigenvalues, log scale: o infinite, + finite, x masked",
            "rank of the eigenvalue, largest first")) {
      int next = out.indexOf(words, at);
      assertTrue(next >= 0, words + " is not in its place in\n" + out);
      at = next;
    }
    assertTrue(kernel("--width", 16, "-q").out().startsWith("           lambda_min"));
  }

  @Test
  void theDocumentHoldsAllEigenvaluesOfEachKernel() {
    Map<String, Object> document = document("--width", 256);
    Map<?, ?> infinite = kernel(document, "infinite");
    assertEquals(60, infinite.get("order"));
    List<?> eigenvalues = (List<?>) Objects.requireNonNull(infinite.get("eigenvalues"));
    assertEquals(60, eigenvalues.size());
    // Unit rows and xi = 0.5: the diagonal is xi/2.
    assertEquals(15.0, number(infinite, "trace"), 1e-12);
    double sum = eigenvalues.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum();
    assertEquals(15.0, sum, 1e-10);
    double lambdaMin = number(infinite, "lambdaMin");
    assertEquals(lambdaMin, ((Number) eigenvalues.get(59)).doubleValue(), 1e-12);
    assertTrue(number(infinite, "lambdaMinAtLeast") <= lambdaMin);
    assertTrue(number(infinite, "lambdaMinAtMost") >= lambdaMin);
    assertEquals(number(infinite, "lambdaMax") / lambdaMin, number(infinite, "condition"), 1e-9);
    assertEquals(256, ((Map<?, ?>) Objects.requireNonNull(document.get("setting"))).get("width"));
    Map<?, ?> facts = (Map<?, ?>) Objects.requireNonNull(document.get("assumptions"));
    assertEquals(true, facts.get("unitRows"));
  }

  /** What theory.md 2.1 says, from NumPy; with full masks xi is 1. */
  @Test
  void communitiesHasThePublishedSpectrum() {
    Path data = communities();
    Object[] start = {"kernel", data, "--paper", "--target", "128", "--exclude", "1-5"};
    Cli.Result result =
        Cli.run(
            with(
                start,
                "--rows",
                100,
                "--mask",
                "full",
                "--subnets",
                1,
                "--kernels",
                "infinite",
                "--json"));
    assertEquals(0, result.exitCode(), result.err());
    Map<String, Object> document = Json.readObject(result.out(), "standard output");
    Map<?, ?> infinite = kernel(document, "infinite");
    assertEquals(0.023497, number(infinite, "lambdaMin"), 5e-7);
    assertEquals(33.945, number(infinite, "lambdaMax"), 5e-4);
    Map<?, ?> facts = (Map<?, ?>) Objects.requireNonNull(document.get("assumptions"));
    assertEquals(0.98552, Math.abs(number(facts, "nearestCosine")), 5e-6);
    // With the 23 incomplete columns zero-filled: 122 features.
    Object[] filled =
        with(
            start,
            "--rows",
            100,
            "--missing",
            "zero",
            "--keep",
            "0.5",
            "--kernels",
            "infinite",
            "--json");
    infinite = kernel(Json.readObject(Cli.run(filled).out(), "standard output"), "infinite");
    assertEquals(0.030288, number(infinite, "lambdaMin") / 0.5, 5e-7);
    assertEquals(32.312, number(infinite, "lambdaMax") / 0.5, 5e-4);
  }

  static Path communities() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data/communities/communities.data");
      if (Files.exists(file)) {
        return file;
      }
    }
    assumeTrue(false, "skipped: there is no folder shared/data beside the repository");
    throw new IllegalStateException();
  }

  @Test
  void rowsAreThoseOfTheFile() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 1; i <= 12; i++) {
      double angle = i == 11 ? 5.0 + 1e-7 : i;
      text.append(Math.cos(angle)).append(',').append(Math.sin(angle)).append(',').append(i % 3);
      text.append('\n');
    }
    Path file = Files.writeString(folder.resolve("circle.csv"), text);
    Cli.Result result =
        Cli.run(
            "kernel", file, "--paper", "--target", "y", "--rows", "4:12", "--width=64", "--json");
    Map<?, ?> facts =
        (Map<?, ?>)
            Objects.requireNonNull(
                Json.readObject(result.out(), "standard output").get("assumptions"));
    assertEquals(List.of(5, 11), facts.get("nearestRows"));
    assertEquals(Math.toDegrees(1e-7), number(facts, "nearestDegrees"), 1e-11);
    assertEquals(3.0, number(facts, "labelBound"));
  }

  @Test
  void manyOutputsMakeALargerKernel() {
    Path npz = folder.resolve("e.npz");
    Cli.run("data", "synthesize", "embedding", "--rows", 12, "--features", 8, "--out", npz);
    Cli.Result result = Cli.run("kernel", npz, "--width", 512, "--json");
    assertEquals(0, result.exitCode(), result.err());
    Map<String, Object> document = Json.readObject(result.out(), "standard output");
    assertEquals(120, kernel(document, "masked").get("order"));
    // Each eigenvalue of the infinite kernel stands once for each output.
    List<?> values = (List<?>) kernel(document, "infinite").get("eigenvalues");
    double first = ((Number) Objects.requireNonNull(values).get(0)).doubleValue();
    assertEquals(first, ((Number) values.get(9)).doubleValue(), 1e-12);
    assertTrue(((Number) values.get(10)).doubleValue() < 0.9 * first);
  }

  @Test
  void arraysAndPictureAreWritten() throws IOException {
    Path npz = folder.resolve("k.npz");
    Path svg = folder.resolve("k.svg");
    String out = kernel("--width", 100, "--init", "lecun", "--out", npz, "--plot", svg).out();
    assertTrue(out.contains("float64 sums"), out);
    assertTrue(out.contains("picture    " + svg) && out.contains("arrays     " + npz), out);
    Map<String, NpyArray> arrays = Npz.read(npz);
    for (String name : List.of("infinite", "finite", "masked")) {
      assertEquals(3600, Objects.requireNonNull(arrays.get(name)).size());
      assertEquals(60, Objects.requireNonNull(arrays.get("eigenvalues_" + name)).size());
    }
    assertEquals(100, Objects.requireNonNull(arrays.get("mask")).size());
    assertTrue(Files.readString(svg).contains("table.csv: n = 60, d = 6, m = 100"));
    // The weights of the arrays are initial weights again, and give the same kernels.
    Path again = folder.resolve("again.npz");
    kernel("--init", npz, "--out", again, "--kernels", "finite,masked");
    assertEquals(toList(arrays.get("masked")), toList(Npz.read(again).get("masked")));
    refused(List.of("exists already"), "--out", npz);
    refused(List.of("exists already"), "--plot", svg);
  }

  private static List<Double> toList(@org.jspecify.annotations.Nullable NpyArray array) {
    return Arrays.stream(Objects.requireNonNull(array).toDoubles()).boxed().toList();
  }

  @Test
  void aFileOfTilesHasTheSameEnds() {
    Path tiles = folder.resolve("k.tiles");
    Map<?, ?> formed = kernel(document("--width", 256), "masked");
    Map<String, Object> document =
        document("--width", 256, "--kernels", "masked", "--tiles", tiles);
    Map<?, ?> streamed = kernel(document, "masked");
    assertEquals(number(formed, "lambdaMax"), number(streamed, "lambdaMax"), 1e-10);
    assertEquals(number(formed, "lambdaMin"), number(streamed, "lambdaMin"), 1e-8);
    assertEquals(number(formed, "trace"), number(streamed, "trace"), 1e-12);
    assertFalse(streamed.containsKey("lambdaMinAtLeast"), "nothing is proven");
    assertTrue(Files.exists(tiles));
  }

  @Test
  void whatCannotBeDoneIsRefused() throws IOException {
    refused(List.of("infinite, finite, masked", "\"finit\""), "--kernels", "finit");
    refused(List.of("one kernel"), "--tiles", folder.resolve("t"));
    refused(List.of("--rounds"), "--rounds", "5");
    refused(List.of("multiple"), "--mask", "partition", "--width", "7");
    refused(List.of("there is no folder"), "--plot", folder.resolve("absent/k.svg"));
    refused(List.of("50", "60"), "--rows", "50:70");
  }

  private static void check(KernelRoom room, long limit) {
    room.check(limit, room.tiles());
  }

  @Test
  void whatCannotFitIsRefusedWithTheNumberAndTheWayOut() {
    long giga = 1L << 30;
    new KernelRoom(10_000, 1, 1, 10 << 20).check(2 * giga, "");
    String message =
        String.valueOf(
            assertThrows(
                    CliException.class,
                    () -> check(new KernelRoom(20_000, 1, 1, 10 << 20), 2 * giga))
                .getMessage());
    for (String words :
        List.of(
            "n c = 20,000 takes 4.6 GiB",
            "may use 2.0 GiB",
            "--rows 12",
            "-Xmx6g",
            "--kernels masked --tiles FILE")) {
      assertTrue(message.contains(words), message);
    }
    message =
        String.valueOf(
            assertThrows(
                    CliException.class, () -> check(new KernelRoom(10_000, 5, 3, 0), 999 * giga))
                .getMessage());
    assertTrue(message.contains("46,340") && message.contains("5 targets"), message);
  }

  @Test
  void theProgramItselfPrintsOneDocument() throws Exception {
    table();
    Cli.Result result =
        Cli.process(
            folder, Cli.FLAGS, "kernel", "table.csv", "--target", "y", "--width", 64, "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    Map<String, Object> document = Json.readObject(result.out(), "standard output");
    Map<String, Object> here = new LinkedHashMap<>(document("--width", 64));
    for (String name : List.of("infinite", "finite", "masked")) {
      assertEquals(
          kernel(here, name).get("eigenvalues"), kernel(document, name).get("eigenvalues"));
    }
    Cli.Result refused = Cli.process(folder, Cli.FLAGS, "kernel", "absent.csv", "--target", "y");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("absent.csv"), refused.err());
  }
}
