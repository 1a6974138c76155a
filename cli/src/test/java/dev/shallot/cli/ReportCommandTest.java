package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shallot report} of a run, of several, of a sweep, and its figures. */
class ReportCommandTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void twoRuns() {
    Path data = folder.resolve("s.csv");
    Cli.run("data", "synthesize", "sphere", "--out", data, "--rows", 20);
    for (String name : List.of("a", "b")) {
      Path out = folder.resolve(name);
      int seed = name.equals("a") ? 1 : 2;
      assertEquals(
          0,
          Cli.run(
                  "train",
                  data,
                  "--target",
                  "y",
                  "--width=16",
                  "--rounds=3",
                  "--seed",
                  seed,
                  "--events=steps",
                  "--out",
                  out)
              .exitCode());
    }
  }

  @Test
  void aRunsReportIsWrittenAnewOrElsewhere() throws IOException {
    Path run = folder.resolve("a");
    Files.delete(run.resolve("report.html"));
    assertEquals(0, Cli.run("report", run).exitCode());
    assertEquals(0, Cli.run("report", run).exitCode(), "written over: it is the run's own");
    Path elsewhere = folder.resolve("x.html");
    assertEquals(0, Cli.run("report", run, "--out", elsewhere).exitCode());
    assertEquals(Files.readString(run.resolve("report.html")), Files.readString(elsewhere));
    Cli.Result again = Cli.run("report", run, "--out", elsewhere);
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("exists already"), again.err());
  }

  @Test
  void severalRunsAreOneFile() throws IOException {
    Path out = folder.resolve("both.html");
    Cli.Result result =
        Cli.run("report", folder.resolve("a"), folder.resolve("b"), "--out", out, "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(out.toString(), Json.readObject(result.out(), "standard output").get("report"));
    assertTrue(Files.readString(out).contains("2 training runs beside each other"));
    Cli.Result absent = Cli.run("report", folder.resolve("a"), folder.resolve("absent"));
    assertEquals(2, absent.exitCode());
    assertTrue(absent.err().contains("absent"), absent.err());
  }

  @Test
  void figuresAreFiles() throws IOException {
    Path run = folder.resolve("a");
    Cli.Result svg = Cli.run("report", run, "--format", "svg");
    assertEquals(0, svg.exitCode(), svg.err());
    for (String name : List.of("trace", "error", "displacement", "flips")) {
      Path file = run.resolve("figures").resolve(name + ".svg");
      assertTrue(svg.out().contains(file.toString()), svg.out());
      assertTrue(Files.readString(file).startsWith("<svg "), name);
    }
    Path pictures = folder.resolve("pictures");
    Cli.Result png =
        Cli.run("report", run, folder.resolve("b"), "--format", "png", "--out", pictures, "--json");
    assertEquals(0, png.exitCode(), png.err());
    assertEquals(
        List.of(pictures.resolve("errors.png").toString()),
        Json.readObject(png.out(), "standard output").get("figures"));
    assertEquals((byte) 'P', Files.readAllBytes(pictures.resolve("errors.png"))[1]);
    assertEquals(2, Cli.run("report", run, "--format", "gif").exitCode());
  }

  @Test
  void aSweepHasAReportAndFigures() throws IOException {
    Path sweep = folder.resolve("grid");
    Cli.Result run =
        Cli.run(
            "sweep",
            "synthetic:sphere,rows=20,features=5",
            "--mask=bernoulli",
            "--width=16",
            "--rounds=2",
            "--grid",
            "keep=0.5,1",
            "--grid",
            "subnets=1,2",
            "--seeds",
            "2",
            "--out",
            sweep);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(0, Cli.run("report", sweep).exitCode());
    assertTrue(Files.readString(sweep.resolve("report.html")).contains("Shallot sweep"));
    assertEquals(0, Cli.run("report", sweep, "--format", "png").exitCode());
    assertTrue(Files.exists(sweep.resolve("figures/heat.png")));
    assertTrue(Files.exists(sweep.resolve("figures/lines.png")));
    Cli.Result mixed = Cli.run("report", sweep, folder.resolve("a"));
    assertEquals(2, mixed.exitCode());
    assertTrue(mixed.err().contains("one sweep, or several runs"), mixed.err());
  }
}
