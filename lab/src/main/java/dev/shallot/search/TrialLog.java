package dev.shallot.search;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of a search: {@code search.json} says what is searched, {@code trials.jsonl} has a
 * line a finished trial, each forced to the disk before the next begins. Opened again with the same
 * question it goes on where it stopped; with another one it refuses.
 */
final class TrialLog {
  private final Path file;
  private final List<WidthTrial> trials = new ArrayList<>();
  private boolean torn;

  private TrialLog(Path file) {
    this.file = file;
  }

  /** Opens a folder, or makes it. */
  static TrialLog open(Path folder, Map<String, Object> question) {
    Path searchFile = folder.resolve("search.json");
    TrialLog log = new TrialLog(folder.resolve("trials.jsonl"));
    String text = Json.write(question) + "\n";
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder);
        AtomicFile.write(searchFile, text);
        return log;
      }
      if (!Files.isRegularFile(searchFile)) {
        throw new RunException(
            "%s exists and is no width search (it has no search.json): choose another folder."
                .formatted(folder));
      }
      if (!Files.readString(searchFile).equals(text)) {
        throw new RunException(
            "%s holds a search with other settings or other data: choose another folder, or delete it. Its settings are in %s."
                .formatted(folder, searchFile));
      }
      if (Files.exists(log.file)) {
        log.read();
      }
      return log;
    } catch (IOException e) {
      throw new RunException("cannot use %s: %s".formatted(folder, AtomicFile.reason(e)), e);
    }
  }

  private void read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        trials.add(WidthTrial.of(Json.readObject(line, file + ", line " + (trials.size() + 1))));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      torn = true;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(start);
      }
    }
  }

  /** Keeps a trial for good. */
  void add(WidthTrial trial) {
    byte[] line = (Json.writeCompact(trial.toMap()) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
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
    return torn;
  }
}
