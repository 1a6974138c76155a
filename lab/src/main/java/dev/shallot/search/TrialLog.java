package dev.shallot.search;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.Json;
import dev.shallot.run.RecordLog;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of a search: {@code search.json} says what is searched, {@code trials.jsonl} has a
 * line a finished trial, see {@link RecordLog}. Opened again with the same question it goes on
 * where it stopped; with another one it refuses.
 */
final class TrialLog implements AutoCloseable {
  private final RecordLog log;
  private final List<WidthTrial> trials = new ArrayList<>();

  private TrialLog(Path file) {
    this.log = RecordLog.open(file, record -> trials.add(WidthTrial.of(record)));
  }

  /** Opens a folder, or makes it. */
  static TrialLog open(Path folder, Map<String, Object> question) {
    Path searchFile = folder.resolve("search.json");
    Path trialsFile = folder.resolve("trials.jsonl");
    String text = Json.write(question) + "\n";
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder);
        AtomicFile.write(searchFile, text);
      } else if (!Files.isRegularFile(searchFile)) {
        throw new RunException(
            "%s exists and is no width search (it has no search.json): choose another folder."
                .formatted(folder));
      } else if (!Files.readString(searchFile).equals(text)) {
        // What is no JSON is told as what it is.
        Json.readObject(Files.readString(searchFile), searchFile.toString());
        throw new RunException(
            "%s holds a search with other settings or other data: choose another folder, or delete it. Its settings are in %s."
                .formatted(folder, searchFile));
      }
    } catch (IOException e) {
      throw new RunException("cannot use %s: %s".formatted(folder, AtomicFile.reason(e)), e);
    }
    return new TrialLog(trialsFile);
  }

  /** Keeps a trial for good. */
  void add(WidthTrial trial) {
    log.add(trial.toMap());
    trials.add(trial);
  }

  Optional<WidthTrial> find(int width, long seed) {
    return trials.stream().filter(t -> t.width() == width && t.seed() == seed).findFirst();
  }

  List<WidthTrial> trials() {
    return Collections.unmodifiableList(trials);
  }

  /** Whether a half-written last line was dropped. */
  boolean torn() {
    return log.torn();
  }

  @Override
  public void close() {
    log.close();
  }
}
