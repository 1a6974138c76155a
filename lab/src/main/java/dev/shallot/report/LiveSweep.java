package dev.shallot.report;

import dev.shallot.run.Json;
import dev.shallot.run.RecordLog;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SweepFolder;
import dev.shallot.sweep.SweepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A sweep's folder that is looked at while it fills: of {@code cells.jsonl} only what is new is
 * read. May be shared among threads.
 */
public final class LiveSweep {
  /** More places than a page can show. */
  private static final int MOST_PLACES = 20_000;

  private final Path folder;
  private final Path cellsFile;
  private final Tail log;
  private Optional<SweepPlaces> places = Optional.empty();
  private Map<String, Object> about = Map.of();
  private String stamp = "";
  private String damage = "";
  private int line;
  private long version;

  /** A sweep that was not looked at yet. */
  public LiveSweep(Path folder) {
    this.folder = folder;
    this.cellsFile = folder.resolve("cells.jsonl");
    this.log = new Tail(cellsFile);
  }

  /**
   * The sweep as it stands.
   *
   * @param known the version that the watcher has; -1 if none
   * @return the version that {@link #document} tells; empty if it is the known one
   * @throws NoSuchFileException if the folder or its sweep.json is gone
   * @throws IOException if it cannot be read
   * @throws RunException if it is damaged, of a newer version, or too large for a page
   */
  public synchronized OptionalLong news(long known) throws IOException {
    look();
    return version == known ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /** Whether every cell is finished. */
  public synchronized boolean complete() {
    return places.map(SweepPlaces::complete).orElse(false);
  }

  /** What was seen at the last look, as JSON. */
  public synchronized String document() {
    return Json.writeCompact(tree());
  }

  /** What a list says of it. */
  public synchronized Map<String, Object> glance() throws IOException {
    look();
    int[] runs = places.orElseThrow().runs();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", about.getOrDefault("title", ""));
    tree.put("setting", about.getOrDefault("setting", ""));
    tree.put("state", complete() ? "rounds-done" : damage.isEmpty() ? "running" : "damaged");
    tree.put("rounds", runs[0]);
    tree.put("planned", runs[1]);
    tree.put("started", about.getOrDefault("started", ""));
    return tree;
  }

  /** Its places, after a look. */
  synchronized SweepPlaces places() throws IOException {
    look();
    return places.orElseThrow();
  }

  synchronized Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>(about);
    tree.put("complete", complete());
    tree.put("damage", damage);
    tree.putAll(places.orElseThrow().tree());
    return tree;
  }

  /** Reads everything that is there. */
  private void look() throws IOException {
    Path file = folder.resolve("sweep.json");
    String now = Files.getLastModifiedTime(file) + " " + Files.size(file);
    if (!now.equals(stamp)) {
      open();
      stamp = now;
    }
    try {
      while (damage.isEmpty() && log.read(new Lines())) {
        // Slice by slice.
      }
    } catch (NoSuchFileException e) {
      // It comes with the first finished cell.
      return;
    } catch (RunException e) {
      damage = String.valueOf(e.getMessage());
      version++;
    }
  }

  private void open() throws IOException {
    SweepFolder sweep = SweepFolder.open(folder);
    SweepSpec spec = sweep.spec();
    SweepPlaces fresh = new SweepPlaces(spec);
    if (fresh.size() > MOST_PLACES) {
      throw new RunException(
          "this sweep has %,d places, more than a page can show (%,d): ask it with shallot query."
              .formatted(fresh.size(), MOST_PLACES));
    }
    places = Optional.of(fresh);
    log.rewind();
    line = 0;
    damage = "";
    Map<String, Object> root = sweep.read();
    Map<String, Object> tree = new LinkedHashMap<>();
    String source =
        root.get("data") instanceof Map<?, ?> data ? String.valueOf(data.get("source")) : "";
    String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    tree.put("title", spec.title().isEmpty() ? "Sweep on " + file : spec.title());
    tree.put(
        "setting",
        String.join(
            " × ",
            spec.axes().stream().map(a -> a.settings().size() + " of " + a.name()).toList()));
    tree.put(
        "started",
        root.get("provenance") instanceof Map<?, ?> provenance
            ? String.valueOf(provenance.get("started"))
            : "");
    tree.put(
        "plan",
        spec.base().toMap().entrySet().stream()
            .filter(e -> spec.axes().stream().noneMatch(a -> a.keys().contains(e.getKey())))
            .map(e -> List.of(e.getKey(), String.valueOf(e.getValue())))
            .toList());
    about = tree;
    version++;
  }

  private final class Lines implements Tail.Lines {
    @Override
    public void restart() {
      places = places.map(ignored -> new SweepPlaces(SweepFolder.open(folder).spec()));
      line = 0;
      version++;
    }

    @Override
    public void line(byte[] bytes, int from, int length) {
      String where = "%s, line %d".formatted(cellsFile, ++line);
      Map<String, Object> record = RecordLog.record(where, bytes, from, from + length);
      places.orElseThrow().add(SweepFolder.result(record, where));
      version++;
    }
  }
}
