package dev.shallot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table, as Markdown. */
final class Report {
  private static final String BEGIN = "<!-- measured: begin, written by bench/run -->";
  private static final String END = "<!-- measured: end -->";

  /** What is least disturbed by other work on the machine. */
  private static final double FAST = 0.05;

  private Report() {}

  static String markdown(Samples samples, String loadBefore) {
    StringBuilder text = new StringBuilder();
    for (String fact : MachineFacts.lines(loadBefore)) {
      text.append("- ").append(fact).append('\n');
    }
    for (Shape shape : Shape.values()) {
      text.append("\n**Shape ").append(shape).append("**\n\n");
      text.append(
          "| who | threads | one step: median, ms | fastest 5 %, ms | ratio (fastest)"
              + " | a step within a round: median, ms | fastest 5 %, ms | ratio (fastest) |\n"
              + "|---|---:|---:|---:|---:|---:|---:|---:|\n");
      for (Rival rival : Rival.values()) {
        List<String> cells = new ArrayList<>();
        cells.add(rival.label);
        cells.add(Integer.toString(rival.threads));
        for (String work : List.of("step", "round")) {
          cells.addAll(cells(samples, shape, work, rival));
        }
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      }
    }
    return text.toString();
  }

  private static List<String> cells(Samples samples, Shape shape, String work, Rival rival) {
    if (!samples.has(shape, work, rival)) {
      return List.of("", "", "");
    }
    double median = samples.quantile(shape, work, rival, 0.5);
    double fast = samples.quantile(shape, work, rival, FAST);
    Rival ours = rival.yardstick();
    String ratio =
        rival == ours
            ? "1"
            : "%s (%s)"
                .formatted(
                    number(median / samples.quantile(shape, work, ours, 0.5)),
                    number(fast / samples.quantile(shape, work, ours, FAST)));
    return List.of(number(median), number(fast), ratio);
  }

  /** Three digits or so. */
  private static String number(double value) {
    return (value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f").formatted(value);
  }

  /** Replaces what stands between the marks of a page, if it has them. */
  static void insert(Path page, String table) throws IOException {
    if (!Files.exists(page)) {
      return;
    }
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin >= 0 && end > begin) {
      Files.writeString(
          page, text.substring(0, begin) + BEGIN + "\n\n" + table + "\n" + text.substring(end));
    }
  }
}
