package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports in a headless Chromium, where there is one on the path. */
@Tag("browser")
class ReportInBrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  @TempDir Path folder;

  private static Optional<Path> browser() {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void everyPictureOfAnOrdinaryRunIsDrawn() throws Exception {
    assertDrawn(SampleRun.bernoulli(), 5);
  }

  @Test
  void everyPictureOfADivergedRunIsDrawn() throws Exception {
    assertDrawn(SampleRun.diverging(), 5);
  }

  @Test
  void everyPictureOfALongRunIsDrawn() throws Exception {
    assertDrawn(SampleRun.longRun(), 5);
  }

  /** Bernoulli masks with their terms, and categorical ones whose floor is a single number. */
  @Test
  void thePicturesOfATheoryAreDrawn() throws Exception {
    String start =
        "{\"format\":\"shallot-theory\",\"formatVersion\":1,\"setting\":{\"errorFactor\":1.0},"
            + "\"statements\":[],\"curves\":{\"round\":[0,1,2],\"mean\":[9.0,3.0,1.0],"
            + "\"deviation\":[1.0,2.0,1.5],\"lazy\":[9.0,3.1,1.1],\"contraction\":[9.0,8.9,8.8],";
    theory =
        start
            + "\"lazyFloor\":0.5,\"terms\":{\"T1\":1e9,\"T2\":0.1,\"T3\":0.0},"
            + "\"carefulTerms\":{\"T1\":1e8,\"T2\":0.1,\"T3\":0.0},\"theorem\":\"Theorem 3\"}}";
    assertDrawn(SampleRun.bernoulli(), 7);
    theory = start + "\"lazyFloor\":0.0,\"terms\":{\"floor\":null},\"theorem\":\"Theorem 4\"}}";
    assertDrawn(SampleRun.bernoulli(), 7);
  }

  /** What to put into the run's folder as theory.json. */
  private String theory = "";

  private void assertDrawn(SampleRun run, int pictures) throws Exception {
    Optional<Path> browser = browser();
    Assumptions.assumeTrue(
        browser.isPresent(), "no Chromium on the path: the report was not opened in a browser");
    Path written = run.write(folder.resolve("run"));
    if (!theory.isEmpty()) {
      Files.writeString(written.resolve("theory.json"), theory);
    }
    Path page = RunReport.write(written);
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log.txt");
    // Outside of the test's own folder: a browser goes on writing there for a moment.
    Path profile = Files.createTempDirectory("shallot-browser");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + profile,
                "--window-size=1280,2400",
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser did not end in a minute");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      deleteAll(profile);
    }
    List<String> console =
        Files.readAllLines(log).stream().filter(l -> l.contains("CONSOLE")).toList();
    assertEquals(List.of(), console);
    String text = Files.readString(dom);
    assertFalse(text.contains("data-errors="), "a script failed");
    assertTrue(text.contains("data-charts=\"" + pictures + "\""), "places for pictures");
    assertTrue(text.contains("data-drawn=\"" + pictures + "\""), "pictures drawn");
  }

  private static void deleteAll(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | java.io.UncheckedIOException e) {
      // Left to the system's clean-up of temporary files.
    }
  }
}
