package dev.shallot.bench.training;

import static dev.shallot.bench.training.Who.DENSE;
import static dev.shallot.bench.training.Who.DENSE_F64;
import static dev.shallot.bench.training.Who.DJL_GATHERED;
import static dev.shallot.bench.training.Who.DJL_GATHERED_AUTOGRAD;
import static dev.shallot.bench.training.Who.DJL_MASKED;
import static dev.shallot.bench.training.Who.DJL_MASKED_AUTOGRAD;
import static dev.shallot.bench.training.Who.DJL_MULTI;
import static dev.shallot.bench.training.Who.DJL_MULTI_AUTOGRAD;
import static dev.shallot.bench.training.Who.GRAM;
import static dev.shallot.bench.training.Who.GRAM_F64;
import static dev.shallot.bench.training.Who.JAVA_STRAIGHT;
import static dev.shallot.bench.training.Who.REFERENCE;

import dev.shallot.bench.Section;
import dev.shallot.bench.Timed;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The same work for all: shapes x loads x who x threads, each line a JVM of its own. */
public final class GridSection implements Section {

  /** One thing to measure. */
  private record Line(String shape, Load load, Who who, int threads) {}

  static final Map<String, Case> SHAPES = shapes();

  private static Map<String, Case> shapes() {
    Map<String, Case> shapes = new LinkedHashMap<>();
    shapes.put("A", Case.A);
    shapes.put("A-correlated", Case.A_CORRELATED);
    shapes.put("B", Case.B);
    return shapes;
  }

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public String summary() {
    return "a local step at the papers' two sizes, beside the rivals (JMH)";
  }

  private static List<Line> lines(boolean quick) {
    List<Line> lines = new ArrayList<>();
    for (String shape : SHAPES.keySet()) {
      boolean correlated = shape.equals("A-correlated");
      for (Load load : Load.values()) {
        boolean forBoth = load == Load.ROUND || load == Load.RUN;
        if ((correlated && !forBoth) || (shape.equals("B") && load == Load.RUN)) {
          continue;
        }
        List<Who> both = new ArrayList<>(List.of(DENSE, GRAM, DJL_GATHERED, DJL_MASKED));
        List<Who> one = new ArrayList<>();
        List<Who> two = new ArrayList<>();
        switch (load) {
          case STEP -> one.addAll(List.of(REFERENCE, JAVA_STRAIGHT));
          case ROUND -> {
            if (!correlated) {
              one.addAll(List.of(DENSE_F64, GRAM_F64));
              two.addAll(List.of(DJL_GATHERED_AUTOGRAD, DJL_MASKED_AUTOGRAD));
            }
          }
          case MULTI -> {
            both.remove(DJL_MASKED);
            both.add(DJL_MULTI);
            two.add(DJL_MULTI_AUTOGRAD);
          }
          case RUN -> {
            two.addAll(both);
            both.clear();
          }
        }
        both.forEach(who -> lines.add(new Line(shape, load, who, 1)));
        one.forEach(who -> lines.add(new Line(shape, load, who, 1)));
        both.forEach(who -> lines.add(new Line(shape, load, who, 2)));
        two.forEach(who -> lines.add(new Line(shape, load, who, 2)));
      }
    }
    return quick
        ? lines.stream().filter(l -> l.shape().equals("A") && l.load() != Load.STEP).toList()
        : lines;
  }

  @Override
  public List<Results.Row> measure(Workshop shop) {
    List<Results.Row> rows = new ArrayList<>();
    for (Line line : lines(shop.quick())) {
      Case shape = SHAPES.getOrDefault(line.shape(), Case.A);
      Case sizes = line.load().of(shape);
      int rounds = line.load().rounds(shape, line.who());
      int kept = shop.quick() ? (rounds + 9) / 10 : rounds;
      shop.quiet().await();
      List<Timed> calls = jmh(shop, line, sizes, kept);
      double steps = (double) kept * sizes.steps();
      double median = Timed.quantile(calls, line.threads(), 0.5) / steps;
      rows.add(
          Results.row(
              "shape",
              line.shape(),
              "load",
              line.load(),
              "who",
              line.who(),
              "threads",
              line.threads(),
              "case",
              sizes,
              "rounds",
              kept,
              "median_ms",
              median,
              "fast_ms",
              Timed.quantile(calls, line.threads(), 0.05) / steps,
              "slow_ms",
              Timed.quantile(calls, line.threads(), 0.95) / steps,
              "wall_median_ms",
              Timed.quantile(calls, 0, 0.5) / steps,
              "calls",
              calls.size(),
              "bytes_a_round",
              calls.stream().mapToLong(Timed::bytes).min().orElse(0) / kept,
              "auto_takes",
              Auto.takes(sizes, line.threads())));
      System.out.printf(
          "  %-12s %-5s %-22s %d thread%s %9.4f ms a step%n",
          line.shape(),
          line.load(),
          line.who(),
          line.threads(),
          line.threads() == 1 ? " " : "s",
          median);
    }
    return rows;
  }

  private static List<Timed> jmh(Workshop shop, Line line, Case sizes, int rounds) {
    Path times = shop.target().resolve("times.txt");
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(RoundsBenchmark.class.getSimpleName())
        .param("sizes", sizes.toString())
        .param("who", line.who().name())
        .param("threads", Integer.toString(line.threads()))
        .param("rounds", Integer.toString(rounds))
        .param("wholeRun", Boolean.toString(line.load() == Load.RUN))
        .jvmArgs(Workshop.JVM_FLAGS.toArray(String[]::new))
        .jvmArgsAppend("-D" + Stopwatch.PROPERTY + "=" + times, shop.libtorchCache())
        .warmupTime(TimeValue.milliseconds(warmMillis(shop, line)))
        .measurementTime(TimeValue.milliseconds(shop.quick() ? 50 : line.who().slow() ? 1 : 900))
        .shouldFailOnError(true)
        .output(shop.target().resolve("jmh.log").toString());
    try {
      new Runner(options.build()).runSingle();
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "%s failed, see %s".formatted(line, shop.target().resolve("jmh.log")), e);
    }
    return Stopwatch.read(times);
  }

  /**
   * Compiled at run time, ours needs a while, and longer with two threads, since the compiler then
   * has no core for itself; a whole run has its own warm-up in it.
   */
  private static long warmMillis(Workshop shop, Line line) {
    if (line.who().slow() || line.load() == Load.RUN) {
      return 1;
    }
    return shop.quick() ? 100 : line.who().libtorch() ? 300 : 5000;
  }
}
