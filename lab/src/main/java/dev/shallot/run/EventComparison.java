package dev.shallot.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Compares the lines of a run that is taken again with those of its log. */
final class EventComparison implements EventSink, AutoCloseable {
  private final Path file;
  private final BufferedReader recorded;
  private final boolean torn;
  private final boolean ended;
  private Optional<String> next;
  private Optional<String> difference = Optional.empty();
  private long same;
  private boolean beyond;

  /**
   * A comparison.
   *
   * @param file the log
   * @param ended whether the run came to an end, so that its log has one too
   */
  EventComparison(Path file, boolean ended) {
    this.file = file;
    this.ended = ended;
    try {
      this.torn = torn(file);
      this.recorded = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failed(e);
    }
    this.next = read();
  }

  /** Whether the last line lacks its end: it was cut off while it was written. */
  private static boolean torn(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      if (channel.size() == 0) {
        return false;
      }
      var last = java.nio.ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  private Optional<String> read() {
    try {
      Optional<String> line = Optional.ofNullable(recorded.readLine());
      if (torn && line.isPresent()) {
        recorded.mark(1);
        boolean last = recorded.read() < 0;
        recorded.reset();
        return last ? Optional.empty() : line;
      }
      return line;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private RunException failed(IOException e) {
    return new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
  }

  @Override
  public void line(CharSequence line) {
    if (difference.isPresent()) {
      return;
    }
    String replayed = line.toString();
    if (next.isEmpty()) {
      beyond = true;
      if (ended) {
        differ("%s: only in the replay".formatted(where(fields(replayed))));
      }
      return;
    }
    if (next.get().equals(replayed)) {
      same++;
      next = read();
      return;
    }
    differ(describe(next.get(), replayed));
  }

  /** There is a difference; the first one counts. */
  void differ(String words) {
    difference = difference.or(() -> Optional.of(words));
  }

  @Override
  public void flush() {
    // Lines are compared as they come.
  }

  /** The replay is over. */
  void end() {
    next.ifPresent(line -> differ("%s: only in the record".formatted(where(fields(line)))));
  }

  /** Adds what has to be told beside the result. */
  void notes(List<String> notes) {
    if (torn) {
      notes.add("the last line of the log was cut off while it was written; it is left out");
    }
    if (beyond && difference.isEmpty()) {
      notes.add("the record ends within the last round that was replayed");
    }
  }

  /** Whether the record has no more lines. */
  boolean exhausted() {
    return next.isEmpty();
  }

  /** How many lines are the same. */
  long same() {
    return same;
  }

  /** The first difference, in words. */
  Optional<String> difference() {
    return difference;
  }

  private Map<String, Object> fields(String line) {
    return Json.readObject(line, "%s, line %d".formatted(file, same + 1));
  }

  private String describe(String recordedLine, String replayedLine) {
    Map<String, Object> before = fields(recordedLine);
    Map<String, Object> now = fields(replayedLine);
    for (Map.Entry<String, Object> entry : before.entrySet()) {
      String name = entry.getKey();
      if (!now.containsKey(name)) {
        return "%s, %s: recorded %s, replayed nothing"
            .formatted(where(before), name, entry.getValue());
      }
      Object other = now.get(name);
      if (!Objects.equals(entry.getValue(), other)) {
        return where(before) + ", " + values(name, entry.getValue(), other);
      }
    }
    for (Map.Entry<String, Object> entry : now.entrySet()) {
      if (!before.containsKey(entry.getKey())) {
        return "%s, %s: recorded nothing, replayed %s"
            .formatted(where(before), entry.getKey(), entry.getValue());
      }
    }
    return "%s: the same numbers, written otherwise".formatted(where(before));
  }

  private static String where(Map<String, Object> line) {
    StringBuilder text = new StringBuilder();
    text.append("round ").append(line.get("round")).append(", ").append(line.get("type"));
    if (line.containsKey("subnet")) {
      text.append(", subnet ").append(line.get("subnet"));
    }
    return text.toString();
  }

  private static String values(String name, Object recorded, Object replayed) {
    if (recorded instanceof List<?> before && replayed instanceof List<?> now) {
      for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
        if (!Objects.equals(before.get(i), now.get(i))) {
          return "%s[%d]: recorded %s, replayed %s".formatted(name, i, before.get(i), now.get(i));
        }
      }
      return "%s: recorded %d numbers, replayed %d".formatted(name, before.size(), now.size());
    }
    return "%s: recorded %s, replayed %s".formatted(name, recorded, replayed);
  }

  @Override
  public void close() {
    try {
      recorded.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
