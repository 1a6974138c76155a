package dev.shallot.run;

import dev.shallot.track.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link EventLines} writes of diagnostics. */
final class TrackedLine {
  private TrackedLine() {}

  /** What a line of the log says of diagnostics, if it does. */
  static Optional<Tracked> of(String line) {
    if (!line.contains("\"type\":\"track")) {
      return Optional.empty();
    }
    Map<String, Object> object = Json.readObject(line, "a line of the event log");
    long round = 0;
    Optional<String> why = Optional.empty();
    List<Tracked.Entry> numbers = new ArrayList<>();
    for (Map.Entry<String, Object> entry : object.entrySet()) {
      switch (entry.getKey()) {
        case "type" -> {
          // All such lines are read alike.
        }
        case "round" -> round = (long) number(entry.getValue());
        case "why" -> why = Optional.of(String.valueOf(entry.getValue()));
        default -> numbers.add(entry(entry.getKey(), entry.getValue()));
      }
    }
    return Optional.of(new Tracked(round, numbers, why));
  }

  private static Tracked.Entry entry(String name, Object value) {
    return value instanceof List<?> list
        ? new Tracked.Entry(name, list.stream().mapToDouble(TrackedLine::number).toArray(), false)
        : new Tracked.Entry(name, new double[] {number(value)}, true);
  }

  /** Null stands for what is not finite. */
  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
