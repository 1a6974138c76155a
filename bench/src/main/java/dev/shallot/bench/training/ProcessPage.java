package dev.shallot.bench.training;

import dev.shallot.bench.report.Page;
import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import java.util.Arrays;
import java.util.List;

/** The table of whole processes. */
public final class ProcessPage {
  private ProcessPage() {}

  /** The table. */
  public static String block(Results results) {
    StringBuilder text = new StringBuilder();
    Row first = results.rows().getFirst();
    text.append(
        "The task: %s, %s rounds.\n\n"
            .formatted(describe(first.text("case")), first.text("rounds")));
    text.append(
        """
        | who | seconds, median | least – most | times the program | times the library |
        |---|---:|---:|---:|---:|
        """);
    for (String who : results.rows().stream().map(row -> row.text("who")).distinct().toList()) {
      double[] seconds = seconds(results, who);
      text.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  ProcessSection.Turn.valueOf(who).label,
                  Page.number(median(seconds)),
                  range(seconds),
                  ratios(seconds, seconds(results, ProcessSection.Turn.CLI.name())),
                  ratios(seconds, seconds(results, ProcessSection.Turn.LIBRARY.name()))));
    }
    return text.toString();
  }

  /** Ratios of the same turn: the median, and the least and the most. */
  private static String ratios(double[] theirs, double[] ours) {
    double[] ratios = new double[Math.min(theirs.length, ours.length)];
    Arrays.setAll(ratios, i -> theirs[i] / ours[i]);
    return Page.ratio(median(ratios)) + " (" + range(ratios) + ")";
  }

  private static String describe(String name) {
    Case sizes = Case.parse(name);
    return "n = %d, d = %d, m = %d, xi = %s, p = %d, tau = %d"
        .formatted(
            sizes.samples(),
            sizes.features(),
            sizes.width(),
            sizes.keep(),
            sizes.subnets(),
            sizes.localSteps());
  }

  /** Seconds of one's turns, in order. */
  static double[] seconds(Results results, String who) {
    List<Row> rows = results.where(row -> row.is("who", who));
    return rows.stream().mapToDouble(row -> row.number("seconds")).toArray();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String range(double[] values) {
    return Page.number(Arrays.stream(values).min().orElseThrow())
        + " – "
        + Page.number(Arrays.stream(values).max().orElseThrow());
  }
}
