package dev.shallot.serve;

import dev.shallot.report.Comparison;
import dev.shallot.report.LiveRun;
import dev.shallot.report.LiveSweep;
import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be watched. The runs that were looked at last are kept, so that ten tabs on one run read
 * its log once.
 */
final class Feeds {
  private static final int KEPT = 24;

  /** A document of a megabyte is sent every two seconds at most. */
  private static final long NANOS_A_CHARACTER = 2_000;

  private final Map<Path, LiveRun> runs = new Latest<>();
  private final Map<Path, LiveSweep> sweeps = new Latest<>();

  /** The entries that were asked for last. */
  private static final class Latest<T> extends LinkedHashMap<Path, T> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Path, T> eldest) {
      return size() > KEPT;
    }
  }

  private LiveRun live(Path folder) {
    synchronized (runs) {
      return runs.computeIfAbsent(folder, LiveRun::new);
    }
  }

  LiveSweep liveSweep(Path folder) {
    synchronized (sweeps) {
      return sweeps.computeIfAbsent(folder, LiveSweep::new);
    }
  }

  /** One run. */
  Streams.Feed run(Path folder) {
    LiveRun run = live(folder);
    LiveRun.Mark mark = new LiveRun.Mark();
    return new Streams.Feed() {
      @Override
      public Optional<String> next() throws IOException {
        return run.news(mark).map(json -> Streams.event("run", json));
      }

      @Override
      public boolean complete() {
        return run.complete();
      }
    };
  }

  /** A sweep; told whole, but not more often than its size allows. */
  Streams.Feed sweep(Path folder) {
    LiveSweep sweep = liveSweep(folder);
    long[] known = {-1};
    long[] next = {System.nanoTime()};
    return new Streams.Feed() {
      @Override
      public Optional<String> next() throws IOException {
        OptionalLong version = sweep.news(known[0]);
        if (version.isEmpty() || (System.nanoTime() < next[0] && !sweep.complete())) {
          return Optional.empty();
        }
        known[0] = version.getAsLong();
        String json = sweep.document();
        next[0] = System.nanoTime() + json.length() * NANOS_A_CHARACTER;
        return Optional.of(Streams.event("sweep", json));
      }

      @Override
      public boolean complete() {
        return sweep.complete();
      }
    };
  }

  /** Several runs beside each other; names are their paths. */
  Streams.Feed comparison(Map<String, Path> folders) {
    List<Comparison.Named> named = new ArrayList<>();
    folders.forEach((name, folder) -> named.add(new Comparison.Named(name, live(folder))));
    String[] seen = {""};
    return new Streams.Feed() {
      @Override
      public Optional<String> next() throws IOException {
        Comparison comparison = Comparison.of(named);
        if (comparison.version().equals(seen[0])) {
          return Optional.empty();
        }
        seen[0] = comparison.version();
        return Optional.of(Streams.event("comparison", Json.writeCompact(comparison.tree())));
      }

      @Override
      public boolean complete() {
        return named.stream().allMatch(one -> one.run().complete());
      }
    };
  }
}
