package dev.shallot.serve;

import dev.shallot.report.RunGlance;
import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs and sweeps below the folder. Symbolic links are not followed: what they lead to is
 * listed where it lies. A folder whose files have not changed is not read again.
 */
final class Listing {
  private static final int DEPTH = 8;
  private static final int MOST_FOLDERS = 20_000;
  private static final int MOST_LISTED = 2_000;

  private final Place place;
  private final Feeds feeds;
  private final Duration fresh;
  private final Map<Path, Known> known = new HashMap<>();
  private String json = "";
  private long version;
  private long lookedNanos;
  private int folders;

  /**
   * A list that is at most so old.
   *
   * @param place what is listed
   * @param feeds have the sweeps, which count what is new in their logs
   * @param fresh age at which it is made anew
   */
  Listing(Place place, Feeds feeds, Duration fresh) {
    this.place = place;
    this.feeds = feeds;
    this.fresh = fresh;
    this.lookedNanos = System.nanoTime() - fresh.toNanos() - 1;
  }

  private record Known(String stamp, Map<String, Object> entry) {}

  /** A watcher's view of it. */
  Streams.Feed feed() {
    long[] seen = {-1};
    return new Streams.Feed() {
      @Override
      public Optional<String> next() {
        synchronized (Listing.this) {
          look();
          if (seen[0] == version) {
            return Optional.empty();
          }
          seen[0] = version;
          return Optional.of(Streams.event("list", json));
        }
      }

      @Override
      public boolean complete() {
        return false;
      }
    };
  }

  private void look() {
    if (System.nanoTime() - lookedNanos <= fresh.toNanos()) {
      return;
    }
    List<Map<String, Object>> entries = new ArrayList<>();
    Map<Path, Known> before = Map.copyOf(known);
    known.clear();
    folders = 0;
    walk(place.root(), 0, before, entries);
    entries.sort(
        Comparator.comparing((Map<String, Object> e) -> String.valueOf(e.get("started")))
            .reversed()
            .thenComparing(e -> String.valueOf(e.get("path"))));
    boolean cut = entries.size() > MOST_LISTED || folders > MOST_FOLDERS;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("folder", place.root().toString());
    tree.put("there", Files.isDirectory(place.root()));
    tree.put("cut", cut);
    tree.put("entries", entries.subList(0, Math.min(MOST_LISTED, entries.size())));
    String now = Json.writeCompact(tree);
    if (!now.equals(json)) {
      json = now;
      version++;
    }
    lookedNanos = System.nanoTime();
  }

  private void walk(
      Path folder, int depth, Map<Path, Known> before, List<Map<String, Object>> entries) {
    if (depth > DEPTH || ++folders > MOST_FOLDERS) {
      return;
    }
    for (Kind kind : Kind.values()) {
      if (Files.isRegularFile(folder.resolve(kind.file), LinkOption.NOFOLLOW_LINKS)) {
        entries.add(entry(folder, kind, before));
        return;
      }
    }
    List<Path> below = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))) {
      files.forEach(below::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // Deleted meanwhile, or not for us to read: nothing to list.
      return;
    }
    below.sort(Comparator.naturalOrder());
    below.stream()
        .filter(file -> !name(file).startsWith("."))
        .forEach(file -> walk(file, depth + 1, before, entries));
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private Map<String, Object> entry(Path folder, Kind kind, Map<Path, Known> before) {
    String stamp = stamp(folder.resolve(kind.file)) + stamp(folder.resolve(kind.log));
    Known old = before.get(folder);
    if (old == null || !old.stamp().equals(stamp)) {
      old = new Known(stamp, glance(folder, kind));
    }
    known.put(folder, old);
    return old.entry();
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file) + ";";
    } catch (IOException e) {
      return "-;";
    }
  }

  private Map<String, Object> glance(Path folder, Kind kind) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", place.name(folder));
    entry.put("name", place.name(folder).isEmpty() ? name(place.root()) : place.name(folder));
    entry.put("kind", kind.word);
    try {
      // Refuses files that are links to elsewhere.
      place.folder(place.name(folder));
      entry.putAll(
          switch (kind) {
            case RUN -> RunGlance.of(folder).tree();
            case SWEEP -> feeds.liveSweep(folder).glance();
          });
    } catch (RunException | IOException | Refusal e) {
      entry.put("state", "damaged");
      entry.put("title", e.getMessage());
    }
    try {
      Path log = folder.resolve(kind.log);
      entry.put(
          "changed",
          Files.getLastModifiedTime(Files.exists(log) ? log : folder.resolve(kind.file))
              .toInstant()
              .toString());
    } catch (IOException e) {
      entry.put("changed", "");
    }
    return entry;
  }

  /** What a folder is, by the file that it has. */
  private enum Kind {
    RUN("run", "run.json", "events.jsonl"),
    SWEEP("sweep", "sweep.json", "cells.jsonl");

    private final String word;
    private final String file;
    private final String log;

    Kind(String word, String file, String log) {
      this.word = word;
      this.file = file;
      this.log = log;
    }
  }
}
