package dev.shallot.report;

import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run folder that is looked at while it grows. Every look reads only what is new: {@code
 * run.json} when it was written again, {@code events.jsonl} from where it was left. Memory is
 * bounded whatever the log's length, see {@link LiveSeries}. May be shared among threads.
 */
public final class LiveRun {
  /** How often a look may read a slice of the log before it tells what it has. */
  private static final int SLICES = 8;

  private final Path folder;
  private final LiveSeries series = new LiveSeries();
  private final Tail log;
  private RoundReader reader = new RoundReader(series);
  private Optional<RunDocument> run = Optional.empty();
  private String stamp = "";
  private String damage = "";
  private boolean more;
  private long line;
  private long version;

  /** A run that was not looked at yet. */
  public LiveRun(Path folder) {
    this.folder = folder;
    this.log = new Tail(folder.resolve("events.jsonl"));
  }

  /** What a watcher has already; starts with nothing. */
  public static final class Mark {
    private long version = -1;
    private int generation = -1;
    private long rounds;
  }

  /**
   * What is new since the mark, which moves on.
   *
   * @return a JSON document, empty if nothing is new
   * @throws NoSuchFileException if the folder or its run.json is gone
   * @throws IOException if it cannot be read
   * @throws RunException if run.json is damaged or of a newer version
   */
  public synchronized Optional<String> news(Mark mark) throws IOException {
    look();
    if (mark.version == version) {
      return Optional.empty();
    }
    long known = mark.generation == series.generation() ? mark.rounds : 0;
    mark.version = version;
    mark.generation = series.generation();
    mark.rounds = series.rounds();
    return Optional.of(Json.writeCompact(document(known)));
  }

  /**
   * Whether the run has ended and its whole log was read: nothing new will come. One that was
   * interrupted may go on.
   */
  public synchronized boolean complete() {
    return !more
        && run.map(this::summary)
            .map(s -> s.ended() && !List.of("interrupted", "stopped").contains(s.stopReason()))
            .orElse(false);
  }

  /** Reads what is new, or a good part of it. */
  private void look() throws IOException {
    readRun();
    if (!damage.isEmpty()) {
      return;
    }
    more = true;
    try {
      for (int i = 0; i < SLICES && more; i++) {
        long before = log.offset();
        more = log.read(new Events());
        version += log.offset() == before ? 0 : 1;
      }
    } catch (NoSuchFileException e) {
      // The log comes right after run.json.
      more = false;
    } catch (RunException e) {
      more = false;
      damage = "events.jsonl, line %d: %s".formatted(line, e.getMessage());
      version++;
    }
  }

  private void readRun() throws IOException {
    Path file = folder.resolve("run.json");
    String now = Files.getLastModifiedTime(file) + " " + Files.size(file);
    if (!now.equals(stamp)) {
      run = Optional.of(RunDocument.read(folder));
      stamp = now;
      version++;
    }
  }

  private Summary summary(RunDocument document) {
    List<String> notes = new ArrayList<>();
    if (!damage.isEmpty()) {
      notes.add("The event log is damaged and shown up to there: " + damage);
    }
    return new Summary(document, series.progress(notes));
  }

  private Map<String, Object> document(long known) {
    RunDocument document = run.orElseThrow();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("summary", summary(document).tree());
    tree.put("facts", RunFacts.of(document).tree());
    tree.put("reading", more);
    tree.put("complete", complete());
    tree.putAll(series.tree(known));
    tree.put("trace", series.trace());
    return tree;
  }

  /** The run's document and its curves for a picture of several runs. */
  synchronized Compared compared() throws IOException {
    do {
      look();
    } while (more);
    return new Compared(run.orElseThrow(), series.progress(List.of()), series.tree(0), version);
  }

  /**
   * One of several runs.
   *
   * @param run its run.json
   * @param log how far it is
   * @param curves see {@link LiveSeries#tree}
   * @param version changes when anything of it does
   */
  record Compared(RunDocument run, Progress log, Map<String, Object> curves, long version) {}

  private final class Events implements Tail.Lines {
    @Override
    public void restart() {
      series.restart();
      reader = new RoundReader(series);
      line = 0;
      version++;
    }

    @Override
    public void line(byte[] bytes, int from, int length) {
      line++;
      reader.add(EventLine.parse(bytes, from, length));
    }
  }
}
