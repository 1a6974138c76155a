package dev.shallot.query;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.ClassScore;
import dev.shallot.run.Json;
import dev.shallot.run.NumberScore;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import dev.shallot.run.RunFolder;
import dev.shallot.sweep.Axis;
import dev.shallot.sweep.CellResult;
import dev.shallot.sweep.Sweep;
import dev.shallot.sweep.SweepFolder;
import dev.shallot.sweep.SweepResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Gathers what the runs and sweeps at and below a folder hold into the tables of a store. */
final class StoreTables {
  private static final int DEEPEST = 8;

  private final Path root;
  private final StoreTable cells = new StoreTable("cells");
  private final StoreTable traces = new StoreTable("traces");
  private final StoreTable runs = new StoreTable("runs");

  private StoreTables(Path root) {
    this.root = root;
  }

  /**
   * The tables cells, traces and runs.
   *
   * @throws RunException if there is neither a run nor a sweep, or one is damaged
   */
  static List<StoreTable> of(Path root) {
    if (!Files.isDirectory(root)) {
      throw new RunException("there is no folder %s.".formatted(root));
    }
    StoreTables tables = new StoreTables(root);
    tables.traces.column(
        "folder", StoreTable.Type.VARCHAR, "of the sweep or the run, below the one asked");
    tables.traces.column("cell", StoreTable.Type.BIGINT, "of a sweep: which cell; null of a run");
    tables.traces.column("round", StoreTable.Type.BIGINT, "how many rounds were done, from 0");
    tables.traces.column("error", StoreTable.Type.DOUBLE, "||Y - u||^2 after them");
    tables.traces.column(
        "sampled", StoreTable.Type.DOUBLE, "S_k of the round that led there, where known");
    for (Path folder : tables.folders()) {
      if (SweepFolder.isSweep(folder)) {
        tables.sweep(folder);
      } else {
        tables.run(RunFolder.open(folder));
      }
    }
    if (tables.cells.rows().isEmpty() && tables.runs.rows().isEmpty()) {
      throw new RunException(
          "%s holds neither a run (run.json) nor a finished cell of a sweep (sweep.json)."
              .formatted(root));
    }
    return Stream.of(tables.cells, tables.traces, tables.runs)
        .filter(table -> !table.rows().isEmpty())
        .toList();
  }

  private List<Path> folders() {
    try (Stream<Path> all = Files.walk(root, DEEPEST)) {
      return all.filter(Files::isDirectory)
          .filter(f -> SweepFolder.isSweep(f) || Files.isRegularFile(f.resolve("run.json")))
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new RunException("cannot read %s: %s".formatted(root, e.getMessage()), e);
    }
  }

  private String name(Path folder) {
    String name = root.relativize(folder).toString();
    return name.isEmpty() ? "." : name;
  }

  /** A key as SQL writes it without quotes. */
  static String column(String key) {
    return key.replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(java.util.Locale.ROOT);
  }

  private void sweep(Path folder) {
    SweepResult sweep = Sweep.read(folder);
    cells.column("folder", StoreTable.Type.VARCHAR, "of the sweep, below the one asked");
    cells.column("cell", StoreTable.Type.BIGINT, "point of the grid, from 0");
    Map<String, String> axisColumns = new LinkedHashMap<>();
    for (Axis axis : sweep.spec().axes()) {
      String column = column(axis.name());
      column = RESULTS.containsKey(column) ? "axis_" + column : column;
      axisColumns.put(axis.name(), column);
      List<String> labels = axis.settings().stream().map(Axis.Setting::label).toList();
      cells.column(column, StoreTable.typeOf(labels), "axis of the grid");
    }
    RESULTS.forEach((name, column) -> cells.column(name, column.type(), column.meaning()));
    for (CellResult cell : sweep.cells()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("folder", name(folder));
      row.put("cell", (long) cell.index());
      cell.at().forEach((axis, label) -> row.put(axisColumns.getOrDefault(axis, axis), label));
      results(row, cell);
      cells.row(row);
      trace(folder, cell);
    }
  }

  /** What a cell tells, apart from where it is. */
  private static final Map<String, StoreTable.Column> RESULTS = new LinkedHashMap<>();

  static {
    result(
        "stop_reason",
        StoreTable.Type.VARCHAR,
        "rounds-done, target-error, plateau, diverged, failed ...");
    result("stop_message", StoreTable.Type.VARCHAR, "one sentence about the end");
    result("rounds_done", StoreTable.Type.BIGINT, "rounds that were taken");
    result("initial_error", StoreTable.Type.DOUBLE, "G_0, the error before training");
    result(
        "final_error", StoreTable.Type.DOUBLE, "at the end: ||Y - u||^2, or of classes -sum ln p");
    result("relative_error", StoreTable.Type.DOUBLE, "final_error/target_norm");
    result("best_average", StoreTable.Type.DOUBLE, "best moving average, with stop-plateau");
    result(
        "target_norm",
        StoreTable.Type.DOUBLE,
        "the error of answering 0: ||Y||^2, or of classes n ln c");
    result("step_size_used", StoreTable.Type.DOUBLE, "eta of the hidden layer");
    result("output_step_size_used", StoreTable.Type.DOUBLE, "eta of the output layer");
    result("held_out_rmse", StoreTable.Type.DOUBLE, "of the first target on held-out rows");
    result("held_out_mae", StoreTable.Type.DOUBLE, "of the first target on held-out rows");
    result("held_out_r2", StoreTable.Type.DOUBLE, "of the first target on held-out rows");
    result("held_out_accuracy", StoreTable.Type.DOUBLE, "of classes on held-out rows");
    result("held_out_log_loss", StoreTable.Type.DOUBLE, "of classes on held-out rows");
    result("plan_hash", StoreTable.Type.VARCHAR, "cells of one hash share one run");
    result("seconds", StoreTable.Type.DOUBLE, "that it took; depends on the machine");
  }

  private static void result(String name, StoreTable.Type type, String meaning) {
    RESULTS.put(name, new StoreTable.Column(type, meaning));
  }

  private static void results(Map<String, Object> row, CellResult cell) {
    row.put("stop_reason", cell.stopReason());
    row.put("stop_message", cell.message());
    row.put("rounds_done", cell.roundsTaken());
    row.put("initial_error", cell.initialError());
    row.put("final_error", cell.finalError());
    row.put("relative_error", cell.relativeError());
    cell.bestAverage().ifPresent(value -> row.put("best_average", value));
    row.put("target_norm", cell.targetNorm());
    row.put("step_size_used", cell.steps().hidden());
    row.put("output_step_size_used", cell.steps().output());
    if (!cell.heldOut().isEmpty()) {
      switch (cell.heldOut().getFirst()) {
        case NumberScore score -> {
          row.put("held_out_rmse", score.rmse());
          row.put("held_out_mae", score.mae());
          score.r2().ifPresent(value -> row.put("held_out_r2", value));
        }
        case ClassScore score -> {
          row.put("held_out_accuracy", score.accuracy());
          row.put("held_out_log_loss", score.logLoss());
        }
      }
    }
    row.put("plan_hash", cell.hash());
    row.put("seconds", cell.seconds());
  }

  private void trace(Path folder, CellResult cell) {
    for (int i = 0; i < cell.rounds().length; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("folder", name(folder));
      row.put("cell", (long) cell.index());
      row.put("round", cell.rounds()[i]);
      row.put("error", cell.errors()[i]);
      if (cell.trace().sampled().length > 0) {
        row.put("sampled", cell.trace().sampled()[i]);
      }
      traces.row(row);
    }
  }

  private void run(RunFolder folder) {
    Map<String, Object> run = folder.read();
    Map<String, Object> outcome = folder.section(run, "outcome");
    Map<String, Object> data = folder.section(run, "data");
    Map<String, Object> provenance = folder.section(run, "provenance");
    Map<String, Object> row = new LinkedHashMap<>();
    runs.column("folder", StoreTable.Type.VARCHAR, "of the run, below the one asked");
    row.put("folder", name(folder.path()));
    text(row, "stop_reason", outcome, "stopReason", "how it ended, or running");
    text(row, "stop_message", outcome, "stopMessage", "one sentence about the end");
    number(row, "rounds_done", StoreTable.Type.BIGINT, outcome, "rounds", "rounds that were taken");
    number(row, "initial_error", StoreTable.Type.DOUBLE, outcome, "initialError", "G_0");
    number(
        row,
        "final_error",
        StoreTable.Type.DOUBLE,
        outcome,
        "finalError",
        "||Y - u||^2 at the end");
    number(row, "target_norm", StoreTable.Type.DOUBLE, data, "targetNorm", "||Y||^2");
    number(row, "step_size_used", StoreTable.Type.DOUBLE, outcome, "stepSize", "eta, hidden layer");
    number(
        row,
        "output_step_size_used",
        StoreTable.Type.DOUBLE,
        outcome,
        "outputStepSize",
        "eta, output");
    number(row, "displacement", StoreTable.Type.DOUBLE, outcome, "displacement", "farthest neuron");
    number(row, "flips", StoreTable.Type.BIGINT, outcome, "flips", "activations that changed");
    number(row, "dead", StoreTable.Type.BIGINT, outcome, "dead", "neurons active on no sample");
    scores(row, "train", outcome, "trainScores");
    scores(row, "held_out", outcome, "heldOutScores");
    text(row, "engine_used", outcome, "engine", "one line about the engine");
    number(
        row,
        "seconds",
        StoreTable.Type.DOUBLE,
        outcome,
        "seconds",
        "from the plan to the last file");
    text(row, "data_source", data, "source", "file");
    text(row, "data_sha256", data, "sha256", "of that file");
    number(row, "samples", StoreTable.Type.BIGINT, data, "samples", "n");
    number(row, "held_out_samples", StoreTable.Type.BIGINT, data, "heldOut", "rows held out");
    number(row, "feature_count", StoreTable.Type.BIGINT, data, "features", "d");
    number(row, "output_count", StoreTable.Type.BIGINT, data, "outputs", "c");
    text(row, "started", provenance, "started", "UTC");
    text(row, "version", provenance, "version", "of this program");
    plan(row, folder.section(run, "plan"));
    runs.row(row);
    runTrace(folder);
  }

  private void plan(Map<String, Object> row, Map<String, Object> plan) {
    for (PlanKey key : PlanKey.values()) {
      String column = column(key.key());
      runs.column(column, type(key), "plan: " + key.description());
      Object value = plan.get(key.key());
      if (value != null) {
        row.put(
            column,
            value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value);
      }
    }
  }

  /** Keys that take a number or a word are texts. */
  private static StoreTable.Type type(PlanKey key) {
    Set<Object> types = new HashSet<>();
    for (PlanDocument plan : List.of(PlanDocument.practitioner(), PlanDocument.paper())) {
      types.add(plan.value(key).map(v -> (Object) v.getClass()).orElse(String.class));
    }
    return types.equals(Set.of(Long.class))
        ? StoreTable.Type.BIGINT
        : types.equals(Set.of(Double.class)) ? StoreTable.Type.DOUBLE : StoreTable.Type.VARCHAR;
  }

  private void scores(
      Map<String, Object> row, String prefix, Map<String, Object> outcome, String scores) {
    Map<?, ?> first =
        outcome.get(scores) instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?> map
            ? map
            : Map.of();
    String rows = prefix.equals("train") ? "training" : "held-out";
    for (String measure : List.of("rmse", "mae", "r2")) {
      number(
          row,
          prefix + "_" + measure,
          StoreTable.Type.DOUBLE,
          first,
          measure,
          "of the first target on %s rows".formatted(rows));
    }
    String classes = "of classes on %s rows".formatted(rows);
    number(row, prefix + "_accuracy", StoreTable.Type.DOUBLE, first, "accuracy", classes);
    number(row, prefix + "_log_loss", StoreTable.Type.DOUBLE, first, "logLoss", classes);
  }

  private void text(
      Map<String, Object> row, String name, Map<?, ?> from, String key, String meaning) {
    runs.column(name, StoreTable.Type.VARCHAR, meaning);
    if (from.get(key) instanceof String text && !text.isEmpty()) {
      row.put(name, text);
    }
  }

  private void number(
      Map<String, Object> row,
      String name,
      StoreTable.Type type,
      Map<?, ?> from,
      String key,
      String meaning) {
    runs.column(name, type, meaning);
    if (from.get(key) instanceof Number number) {
      row.put(name, number);
    }
  }

  /** The errors after rounds; a torn last line of the log is left out. */
  private void runTrace(RunFolder folder) {
    if (!Files.exists(folder.eventsFile())) {
      return;
    }
    try (BufferedReader lines = Files.newBufferedReader(folder.eventsFile())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean whole = line.endsWith("}");
        if (whole
            && (line.contains("\"type\":\"aggregated\"")
                || line.contains("\"type\":\"initial\""))) {
          Map<String, Object> event = Json.readObject(line, folder.eventsFile().toString());
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("folder", name(folder.path()));
          row.put("round", ((Number) Objects.requireNonNull(event.get("round"))).longValue() + 1);
          if (event.get("error") instanceof Number error) {
            row.put("error", error.doubleValue());
          }
          traces.row(row);
        }
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot read %s: %s".formatted(folder.eventsFile(), AtomicFile.reason(e)), e);
    }
  }
}
