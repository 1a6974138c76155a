package dev.shallot.bench.training;

import dev.shallot.bench.Section;
import dev.shallot.bench.Workshop;
import dev.shallot.bench.report.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The complete task as separate processes, start-up and compiling included: a cell of the papers'
 * grid (Figure 2b). All take turns, several times over, so that what else happens on the machine
 * meets all alike.
 */
public final class ProcessSection implements Section {
  static final Case CELL = Case.A.rounds(10, 5);
  private static final int ROUNDS = 200;
  private static final String FINAL_ERROR = "\"finalError\"";

  /** The slowest, whom ratios say least about, takes fewer turns. */
  private static final int MASKED_REPEATS = 2;

  /** Final errors may differ by this much, relatively, if all did the same. */
  private static final double TOLERANCE = 1e-2;

  /** Who takes a turn; "cli" is the program as its users start it. */
  enum Turn {
    CLI("the program, `shallot train`, every local step measured and logged"),
    CLI_FEW_EVENTS("the program, every tenth round measured"),
    LIBRARY("the library, engine auto, nothing measured"),
    DJL_GATHERED("libtorch through DJL, rows gathered"),
    DJL_MASKED("libtorch through DJL, masked"),
    PYTHON_GATHERED("PyTorch, rows gathered"),
    PYTHON_MASKED("PyTorch, masked");

    final String label;

    Turn(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public String summary() {
    return "the complete task in processes of their own, taking turns";
  }

  @Override
  public List<Results.Row> measure(Workshop shop) {
    int rounds = shop.quick() ? 10 : ROUNDS;
    int repeats = shop.quick() ? 1 : 5;
    Problem problem = Problem.of(CELL);
    Path folder = shop.target().resolve("process");
    Path data = folder.resolve("data.csv");
    DataFile.write(problem.data(), data);
    List<Turn> turns =
        new ArrayList<>(
            List.of(
                Turn.CLI, Turn.CLI_FEW_EVENTS, Turn.LIBRARY, Turn.DJL_GATHERED, Turn.DJL_MASKED));
    Optional<String> python = python(shop);
    if (python.isPresent()) {
      turns.addAll(List.of(Turn.PYTHON_GATHERED, Turn.PYTHON_MASKED));
    } else {
      System.out.println("  no PyTorch for python3 here: its lines are left out");
    }
    List<Results.Row> rows = new ArrayList<>();
    double judge = Double.NaN;
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (Turn turn : turns) {
        if (turn.name().endsWith("MASKED") && repeat >= MASKED_REPEATS) {
          continue;
        }
        delete(folder.resolve("run"));
        List<String> command = command(shop, turn, problem, rounds, folder);
        long start = System.nanoTime();
        List<String> output = shop.run(command, Map.of());
        double seconds = (System.nanoTime() - start) * 1e-9;
        double error = error(turn, output, folder);
        judge = repeat == 0 && turn == Turn.CLI ? error : judge;
        boolean same = Math.abs(error - judge) <= TOLERANCE * judge;
        if (!same && !turn.name().startsWith("PYTHON")) {
          throw new IllegalStateException(
              "%s ends at an error of %s, but %s at %s: not the same work"
                  .formatted(turn, error, Turn.CLI, judge));
        }
        rows.add(
            Results.row(
                "repeat", repeat,
                "who", turn,
                "case", CELL,
                "rounds", rounds,
                "seconds", seconds,
                "final_error", error));
        System.out.printf("  %d %-15s %6.2f s%n", repeat, turn, seconds);
      }
    }
    return rows;
  }

  private static List<String> command(
      Workshop shop, Turn turn, Problem problem, int rounds, Path folder) {
    List<String> command = new ArrayList<>();
    String data = folder.resolve("data.csv").toString();
    String step = Double.toString(problem.stepSize());
    switch (turn) {
      case CLI, CLI_FEW_EVENTS -> {
        command.add(Workshop.java());
        // As the launcher script starts it.
        command.addAll(
            List.of(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=CompileThresholdScaling,dev.shallot.numeric.*::*,0.02",
                "-jar",
                shop.root().resolve("cli/target/shallot.jar").toString(),
                "train",
                data,
                "--paper",
                "--target",
                "y",
                "--width",
                Integer.toString(CELL.width()),
                "--keep",
                Double.toString(CELL.keep()),
                "--subnets",
                Integer.toString(CELL.subnets()),
                "--local-steps",
                Integer.toString(CELL.localSteps()),
                "--rounds",
                Integer.toString(rounds),
                "--step-size",
                step,
                "--precision",
                "float32",
                "--seed",
                Long.toString(Problem.SEED),
                "--threads",
                "2",
                "--quiet",
                "--out",
                folder.resolve("run").toString()));
        if (turn == Turn.CLI_FEW_EVENTS) {
          command.addAll(List.of("--events", "rounds", "--events-every", "10"));
        }
      }
      case LIBRARY, DJL_GATHERED, DJL_MASKED -> {
        Who who = turn == Turn.LIBRARY ? Who.AUTO : Who.valueOf(turn.name());
        command.addAll(
            List.of(
                Workshop.java(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                shop.libtorchCache(),
                "-cp",
                System.getProperty("java.class.path"),
                ProcessMain.class.getName(),
                who.name(),
                "2",
                CELL.toString(),
                Integer.toString(rounds),
                step,
                data,
                folder.resolve("weights").toString()));
      }
      case PYTHON_GATHERED, PYTHON_MASKED ->
          command.addAll(
              List.of(
                  "python3",
                  shop.root().resolve("bench/pytorch_run.py").toString(),
                  turn == Turn.PYTHON_GATHERED ? "gathered" : "masked",
                  "2",
                  Integer.toString(CELL.width()),
                  Double.toString(CELL.keep()),
                  Integer.toString(CELL.subnets()),
                  Integer.toString(CELL.localSteps()),
                  Integer.toString(rounds),
                  step,
                  data,
                  folder.resolve("weights").toString()));
    }
    return command;
  }

  /** What is said of PyTorch, if python3 has it. */
  private static Optional<String> python(Workshop shop) {
    try {
      return Optional.of(
          shop.run(List.of("python3", "-c", "import torch; print(torch.__version__)"), Map.of())
              .getLast());
    } catch (IllegalStateException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static double error(Turn turn, List<String> output, Path folder) {
    if (turn != Turn.CLI && turn != Turn.CLI_FEW_EVENTS) {
      return Double.parseDouble(output.getLast());
    }
    try {
      String outcome = Files.readString(folder.resolve("run/run.json"));
      int at = outcome.indexOf(':', outcome.indexOf(FINAL_ERROR)) + 1;
      return Double.parseDouble(outcome.substring(at, outcome.indexOf(',', at)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
