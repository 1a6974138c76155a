package dev.shallot.report;

import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a list says of a run. Cheap: of the event log only its end is read.
 *
 * @param title what the run is about
 * @param setting masks, m, p, xi and tau
 * @param state the stop reason; "running" also of a run that was killed
 * @param rounds done so far
 * @param planned K
 * @param error the last one, NaN where none is known
 * @param targetNorm ||Y||^2
 * @param started an instant, or empty
 */
public record RunGlance(
    String title,
    String setting,
    String state,
    double rounds,
    double planned,
    double error,
    double targetNorm,
    String started) {
  private static final int END_OF_LOG = 1 << 16;

  /**
   * Looks at a run folder.
   *
   * @throws RunException if its run.json is missing, damaged or of a newer version
   */
  public static RunGlance of(Path folder) {
    RunDocument run = RunDocument.read(folder);
    Progress end = end(folder.resolve("events.jsonl"));
    Summary summary = new Summary(run, end);
    return new RunGlance(
        summary.title(),
        summary.setting(),
        summary.stopReason(),
        run.number("outcome", "rounds").orElse(end.rounds()),
        run.numberOrNaN("plan", "rounds"),
        run.number("outcome", "finalError").orElse(end.lastError()),
        run.numberOrNaN("data", "targetNorm"),
        run.text("provenance", "started").orElse(""));
  }

  /** The last error of a log and its round, as far as they are near its end. */
  private static Progress end(Path log) {
    double[] last = {Double.NaN, 0};
    try (FileChannel channel = FileChannel.open(log)) {
      long from = Math.max(0, channel.size() - END_OF_LOG);
      ByteBuffer buffer = ByteBuffer.allocate(END_OF_LOG);
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
        // Until it is full or the file is at its end.
      }
      byte[] bytes = buffer.array();
      // The first line may be the end of one.
      int start = -1;
      for (int i = 0; i < buffer.position(); i++) {
        if (bytes[i] == '\n') {
          if (start >= 0 || from == 0) {
            take(bytes, Math.max(0, start), i - Math.max(0, start), last);
          }
          start = i + 1;
        }
      }
    } catch (IOException | RunException e) {
      // The list says what it knows; the run's own page tells what is wrong with its log.
    }
    return new Progress(Double.NaN, last[0], last[1], 0, Double.NaN, java.util.List.of());
  }

  private static void take(byte[] bytes, int from, int length, double[] last) {
    EventLine line = EventLine.parse(bytes, from, length);
    if (line.type().equals("aggregated") || line.type().equals("initial")) {
      last[0] = line.number("error");
      last[1] = line.number("round") + 1;
    }
  }

  /** As the page's script shows it. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", title);
    tree.put("setting", setting);
    tree.put("state", state);
    tree.put("rounds", rounds);
    tree.put("planned", planned);
    tree.put("error", error);
    tree.put("relative", error / targetNorm);
    tree.put("started", started);
    return tree;
  }
}
