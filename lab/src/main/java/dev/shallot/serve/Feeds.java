package dev.shallot.serve;

import dev.shallot.report.Comparison;
import dev.shallot.report.LiveRun;
import dev.shallot.run.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be watched. The runs that were looked at last are kept, so that ten tabs on one run read
 * its log once.
 */
final class Feeds {
  private static final int RUNS_KEPT = 24;

  private final Map<Path, LiveRun> runs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, LiveRun> eldest) {
          return size() > RUNS_KEPT;
        }
      };

  private LiveRun live(Path folder) {
    synchronized (runs) {
      return runs.computeIfAbsent(folder, LiveRun::new);
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
