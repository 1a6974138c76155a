package dev.shallot.sweep;

import dev.shallot.data.PreparedData;
import dev.shallot.run.RecordLog;
import dev.shallot.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a grid. Cells run side by side, each on its own; a finished one is on the disk before the
 * next begins in its place. The results are those of the plans alone: the same bytes for any number
 * of workers, in whatever order cells finish, and however often the sweep was killed in between.
 */
public final class Sweep {
  private Sweep() {}

  /** Runs or goes on with a sweep on data that is prepared, with all cores; its results. */
  public static List<CellResult> run(
      SweepSpec spec, PreparedData data, Path folder, SweepWatch watch) {
    return run(spec, SweepData.of(data), folder, SweepSettings.usual(), watch).cells();
  }

  /**
   * Runs a sweep, or goes on with one.
   *
   * @param spec what to run
   * @param data of all cells
   * @param folder of the sweep; new, or of the same sweep, whose finished cells are not run again
   * @param settings how to run it
   * @param watch told of it
   * @throws RunException if the folder holds something else, is damaged or cannot be written, or if
   *     a cell's plan is none
   */
  public static SweepResult run(
      SweepSpec spec, SweepData data, Path folder, SweepSettings settings, SweepWatch watch) {
    return run(spec, data, folder, settings, watch, CellProbe.NOTHING);
  }

  /**
   * The same, measuring more about each cell.
   *
   * @param probe what else is measured; a sweep with another probe is another sweep
   */
  public static SweepResult run(
      SweepSpec spec,
      SweepData data,
      Path folder,
      SweepSettings settings,
      SweepWatch watch,
      CellProbe probe) {
    int cores = Runtime.getRuntime().availableProcessors();
    return run(spec, data, folder, settings, watch, probe, cores);
  }

  static SweepResult run(
      SweepSpec spec,
      SweepData data,
      Path folder,
      SweepSettings settings,
      SweepWatch watch,
      int cores) {
    return run(spec, data, folder, settings, watch, CellProbe.NOTHING, cores);
  }

  private static SweepResult run(
      SweepSpec spec,
      SweepData data,
      Path folder,
      SweepSettings settings,
      SweepWatch watch,
      CellProbe probe,
      int cores) {
    List<Cell> cells = spec.cells();
    Map<String, Cell> runs = runs(cells);
    // Judged before the folder is made, so that what cannot run leaves nothing behind.
    long heap = Runtime.getRuntime().maxMemory();
    SideBySide side =
        SideBySide.of(settings.workers(), cores, heap, List.copyOf(runs.values()), data);
    SweepFolder place = SweepFolder.ofSweep(folder, spec, cells, data, probe);
    try (RecordLog log = RecordLog.open(place.cellsFile())) {
      Map<String, CellResult> known = SweepFolder.results(log.found(), place.cellsFile());
      refuseStrangers(known, runs, place);
      List<Cell> todo = new ArrayList<>();
      for (Cell cell : runs.values()) {
        CellResult before = known.get(cell.hash());
        if (before == null || (settings.retry() && before.failed())) {
          todo.add(cell);
          known.remove(cell.hash());
        }
      }
      List<String> remarks = new ArrayList<>(side.remarks());
      if (log.torn()) {
        remarks.add("a half-written record at the end of cells.jsonl was dropped; its cell is run");
      }
      int atOnce = Math.max(1, Math.min(side.workers(), todo.size()));
      watch.started(cells.size(), runs.size(), known.size(), atOnce, remarks);
      CellRunner runner = new CellRunner(data, spec.tracePoints(), settings.stop(), probe);
      Workers workers = new Workers(todo, runner, log, settings, watch, known, runs.size());
      Optional<String> ended = workers.run(atOnce);
      return new SweepResult(spec, inOrder(cells, known), cells.size(), ended);
    }
  }

  /** The first point of each plan. */
  private static Map<String, Cell> runs(List<Cell> cells) {
    Map<String, Cell> runs = new LinkedHashMap<>();
    for (Cell cell : cells) {
      runs.putIfAbsent(cell.hash(), cell);
    }
    return runs;
  }

  private static void refuseStrangers(
      Map<String, CellResult> known, Map<String, Cell> runs, SweepFolder place) {
    for (String hash : known.keySet()) {
      if (!runs.containsKey(hash)) {
        throw new RunException(
            "%s has a cell of the plan %s, which is not of this sweep."
                .formatted(place.cellsFile(), hash));
      }
    }
  }

  private static List<CellResult> inOrder(List<Cell> cells, Map<String, CellResult> known) {
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : cells) {
      CellResult result = known.get(cell.hash());
      if (result != null) {
        results.add(result.at(cell));
      }
    }
    return results;
  }

  /**
   * Goes on with the sweep of a folder.
   *
   * @param folder of a sweep
   * @param moved where the data is now; empty: where it was
   * @throws RunException if the data is not there or changed, or this program would run other plans
   */
  public static SweepResult resume(
      Path folder, Optional<Path> moved, SweepSettings settings, SweepWatch watch) {
    SweepFolder place = SweepFolder.open(folder);
    DataSource source =
        moved
            .<DataSource>map(DataSource.File::new)
            .or(place::source)
            .orElseThrow(
                () ->
                    new RunException(
                        "%s does not say where its data came from: give the same command again, or the data with --data FILE."
                            .formatted(place.sweepFile())));
    if (source instanceof DataSource.File file && !Files.exists(file.path())) {
      throw new RunException(
          "the sweep's data %s is not there; if it moved, name it with --data FILE."
              .formatted(file.path()));
    }
    return run(place.spec(), SweepData.of(source), folder, settings, watch);
  }

  /** What there is of the sweep of a folder; nothing is run or changed. */
  public static SweepResult read(Path folder) {
    SweepFolder place = SweepFolder.open(folder);
    SweepSpec spec = place.spec();
    List<Cell> cells = spec.cells();
    Map<String, CellResult> known =
        SweepFolder.results(RecordLog.read(place.cellsFile()), place.cellsFile());
    return new SweepResult(spec, inOrder(cells, known), cells.size(), Optional.empty());
  }
}
