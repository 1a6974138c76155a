package dev.shallot.bench.training;

import dev.shallot.bench.report.Results;
import dev.shallot.bench.report.Results.Row;
import java.util.List;

/** How closely everybody agrees. */
public final class VerifyPage {
  private VerifyPage() {}

  /** The table: the largest distance over all cases and numbers of threads. */
  public static String block(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        | who | largest distance | allowed |
        |---|---:|---:|
        """);
    for (Who who : Who.values()) {
      List<Row> rows = results.where(row -> row.is("who", who));
      if (!rows.isEmpty()) {
        double largest = rows.stream().mapToDouble(row -> row.number("distance")).max().orElse(0);
        text.append(
            "| %s | %.0e | %.0e |\n".formatted(who.label, largest, VerifySection.tolerance(who)));
      }
    }
    return text.toString();
  }
}
