package dev.shallot.sweep;

import dev.shallot.data.DataFacts;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.CheckedJson;
import dev.shallot.run.FactsJson;
import dev.shallot.run.Provenance;
import dev.shallot.run.RecordLog;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The folder of a sweep: {@code sweep.json} says what is run, on which data, since when and by
 * which program; {@code cells.jsonl} has a line a finished cell, see {@link RecordLog}.
 */
public final class SweepFolder {
  /** What sweep.json calls itself. */
  public static final String FORMAT = "shallot-sweep";

  /** The newest version of sweep.json that is known here. */
  public static final int FORMAT_VERSION = 1;

  private final Path path;

  private SweepFolder(Path path) {
    this.path = path;
  }

  /** Whether a folder is a sweep. */
  public static boolean isSweep(Path path) {
    return Files.isRegularFile(new SweepFolder(path).sweepFile());
  }

  /**
   * Opens an existing folder.
   *
   * @throws RunException if it is none, or no sweep
   */
  public static SweepFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new RunException("there is no folder %s.".formatted(path));
    }
    if (!isSweep(path)) {
      throw new RunException("%s is no sweep: it has no sweep.json.".formatted(path));
    }
    return new SweepFolder(path);
  }

  /**
   * Makes the folder of a sweep, or opens the one that it has already.
   *
   * @throws RunException if there is something else, or another sweep
   */
  static SweepFolder ofSweep(
      Path path, SweepSpec spec, List<Cell> cells, SweepData data, CellProbe probe) {
    DataFacts facts = data.facts(cells.getFirst().plan());
    String grid = grid(spec, cells, facts, probe);
    SweepFolder folder = new SweepFolder(path);
    if (Files.exists(path)) {
      if (!isSweep(path)) {
        throw new RunException(
            "%s exists and is no sweep (it has no sweep.json): choose another folder."
                .formatted(path));
      }
      if (!grid.equals(folder.read().get("grid"))) {
        throw new RunException(
            "%s holds another sweep (other plans, axes, traces or data): choose another folder, or delete it. What it runs is in %s."
                .formatted(path, folder.sweepFile()));
      }
      return folder;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("formatVersion", FORMAT_VERSION);
    map.put("spec", spec.toMap());
    map.put("cells", cells.size());
    map.put("runs", cells.stream().map(Cell::hash).distinct().count());
    map.put("grid", grid);
    map.put("dataSource", data.source().map(SweepFolder::findable).orElse(""));
    map.put("data", FactsJson.of(facts));
    map.put("provenance", Provenance.now("sweep").toMap());
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new RunException(
          "cannot make the folder %s: %s".formatted(path, AtomicFile.reason(e)), e);
    }
    CheckedJson.write(folder.sweepFile(), map);
    return folder;
  }

  /** A sweep may be resumed from another working folder. */
  private static String findable(DataSource source) {
    return source instanceof DataSource.File file
        ? file.path().toAbsolutePath().normalize().toString()
        : source.text();
  }

  /** What makes a sweep this sweep: all its plans in order, its data, what it keeps. */
  private static String grid(SweepSpec spec, List<Cell> cells, DataFacts facts, CellProbe probe) {
    StringBuilder all = new StringBuilder();
    all.append(facts.sha256())
        .append(' ')
        .append(spec.tracePoints())
        .append(' ')
        .append(probe.name())
        .append('\n');
    for (Cell cell : cells) {
      all.append(cell.hash()).append(' ').append(cell.describe()).append('\n');
    }
    return Cell.sha256(all.toString());
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** {@code sweep.json}. */
  public Path sweepFile() {
    return path.resolve("sweep.json");
  }

  /** {@code cells.jsonl}. */
  public Path cellsFile() {
    return path.resolve("cells.jsonl");
  }

  /**
   * The content of sweep.json.
   *
   * @throws RunException if it is damaged, something else, or of a newer version
   */
  public Map<String, Object> read() {
    Map<String, Object> map = CheckedJson.read(sweepFile());
    if (!FORMAT.equals(map.get("format"))) {
      throw new RunException(
          "%s is not a sweep of this program: its \"format\" is not \"%s\"."
              .formatted(sweepFile(), FORMAT));
    }
    if (!(map.get("formatVersion") instanceof Integer version) || version > FORMAT_VERSION) {
      throw new RunException(
          "%s has format version %s, but this program reads up to version %d: use a newer one."
              .formatted(sweepFile(), map.get("formatVersion"), FORMAT_VERSION));
    }
    return map;
  }

  /** What is run. */
  public SweepSpec spec() {
    if (read().get("spec") instanceof Map<?, ?> spec) {
      return SweepSpec.of(spec, sweepFile().toString());
    }
    throw new RunException("%s has no \"spec\".".formatted(sweepFile()));
  }

  /** Where the data came from; empty if it came prepared. */
  public Optional<DataSource> source() {
    return read().get("dataSource") instanceof String text && !text.isEmpty()
        ? Optional.of(DataSource.of(text))
        : Optional.empty();
  }

  /**
   * The finished cell that a line of {@code cells.jsonl} tells of; it has no place in the grid yet.
   *
   * @throws RunException if it is none
   */
  public static CellResult result(Map<String, Object> record, String where) {
    return CellRecord.read(record, where);
  }

  /** Puts finished cells under their hash; of several lines about one the last counts. */
  Consumer<Map<String, Object>> into(Map<String, CellResult> results) {
    return record -> {
      CellResult result = CellRecord.read(record, cellsFile().toString());
      results.put(result.hash(), result);
    };
  }
}
