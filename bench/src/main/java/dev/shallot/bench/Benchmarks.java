package dev.shallot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs everything and writes the table: {@code Benchmarks ROOT}, ROOT being the repository. Started
 * by {@code bench/run}, which builds and sets the environment that is fair to the rivals.
 */
public final class Benchmarks {
  private final Path root;
  private final Samples samples = new Samples();
  private final QuietMoment quiet = new QuietMoment(120_000);

  private Benchmarks(Path root) {
    this.root = root;
  }

  /** Checks, measures, writes. */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Locale.setDefault(Locale.ROOT);
    if (arguments.length != 1) {
      System.err.println("Usage: bench/run");
      System.exit(2);
    }
    new Benchmarks(Path.of(arguments[0])).run();
  }

  private void run() throws RunnerException, IOException {
    String load = MachineFacts.load();
    for (Shape shape : Shape.values()) {
      // One round of the reference engine takes seconds, so only our float64 engine is held against
      // it; every other rival is then held against that one, in its own JVM.
      double distance =
          Agreement.distance(shape, Rival.SHALLOT_DENSE_F64_1, Rival.SHALLOT_REFERENCE);
      System.out.printf("%s%n  dense float64 from reference: %.1e%n", shape, distance);
      if (!(distance <= 1e-9)) {
        throw new IllegalStateException("the dense engine is not exact: no timing");
      }
      Agreement.check(shape, Rival.JAVA_STRAIGHT, Rival.SHALLOT_DENSE_F64_1);
    }
    for (int pass = 0; pass < 2; pass++) {
      for (Shape shape : Shape.values()) {
        for (String work : List.of("step", "round")) {
          measure(shape, work, pass);
        }
      }
    }
    String table = Report.markdown(samples, load);
    Path results = root.resolve("bench/results/engines.md");
    Files.createDirectories(results.getParent());
    Files.writeString(results, "# Engines beside their rivals\n\n" + table);
    Report.insert(root.resolve("docs/performance.md"), table);
    System.out.println(table);
  }

  private void measure(Shape shape, String work, int pass) throws RunnerException {
    for (Rival rival : Rival.values()) {
      if ((pass > 0 && !rival.central()) || (!work.equals("step") && !rival.inRounds())) {
        continue;
      }
      quiet.await();
      RunResult result = jmh(shape, work, rival);
      if (rival.threads == 1) {
        samples.add(shape, work, rival, CpuTimes.read(cpuFile()));
      } else {
        samples.add(shape, work, rival, result.getPrimaryResult().getStatistics());
      }
      System.out.printf(
          "  %s %-5s pass %d  %-24s %9.3f ms a step%n",
          shape.name(), work, pass + 1, rival, samples.quantile(shape, work, rival, 0.5));
    }
  }

  private RunResult jmh(Shape shape, String work, Rival rival) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(RoundBenchmark.class.getSimpleName())
        .param("shape", shape.name())
        .param("work", work)
        .param("rival", rival.name())
        .jvmArgs(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Xms1g",
            "-Xmx1g",
            "-XX:+AlwaysPreTouch",
            "-D" + CpuTimes.PROPERTY + "=" + cpuFile(),
            "-DENGINE_CACHE_DIR=" + root.resolve("bench/target/djl"))
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(rival.warmupMillis()))
        .shouldFailOnError(true)
        .output(log());
    if (rival.slow()) {
      options.measurementIterations(3).measurementTime(TimeValue.milliseconds(1));
    }
    return new Runner(options.build()).runSingle();
  }

  private Path cpuFile() {
    return root.resolve("bench/target/cpu.txt");
  }

  private String log() {
    try {
      Path log = root.resolve("bench/target/jmh.log");
      Files.createDirectories(log.getParent());
      return log.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
