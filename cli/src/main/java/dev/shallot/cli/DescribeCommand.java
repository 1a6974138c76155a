package dev.shallot.cli;

import dev.shallot.data.Table;
import dev.shallot.run.ColumnSummary;
import dev.shallot.run.PlanDocument;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code shallot data describe}. */
@Command(
    name = "describe",
    sortOptions = false,
    description = "Show what was detected in a file, and each column's kind and range.")
final class DescribeCommand implements Runnable {
  private static final int WIDEST_NAME = 28;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "CSV, TSV, other text, Parquet or NPZ.")
  private Path file = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = common.view();
    PlanDocument layout =
        PlanDocument.practitioner().withFlags(PlanFlags.given(spec.commandLine().getParseResult()));
    Table table = Table.read(file, layout.tableFormat());
    List<ColumnSummary> columns = ColumnSummary.of(table);
    view.result(
        "%s: %s rows, %s columns"
            .formatted(file, View.count(table.rows()), View.count(table.columns())));
    table.notes().forEach(note -> view.result("- " + note));
    text(columns).forEach(view::result);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    document.put("sha256", table.sha256());
    document.put("rows", table.rows());
    document.put("named", table.named());
    document.put("notes", table.notes());
    document.put("columns", columns.stream().map(ColumnSummary::toMap).toList());
    view.document(document);
  }

  private static List<String> text(List<ColumnSummary> columns) {
    int width =
        Math.min(WIDEST_NAME, columns.stream().mapToInt(c -> c.name().length()).max().orElse(0));
    String line = "%4s  %-" + Math.max(6, width) + "s  %-8s %7s %8s  %s";
    List<String> lines = new java.util.ArrayList<>();
    lines.add("");
    lines.add(
        line.formatted(
            "#",
            "column",
            "kind",
            "missing",
            "distinct",
            "%11s %11s %11s %11s".formatted("min", "mean", "max", "sd")));
    for (ColumnSummary c : columns) {
      lines.add(
          line.formatted(c.position(), cut(c.name()), c.kind(), c.missing(), c.distinct(), range(c))
              .stripTrailing());
    }
    return lines;
  }

  private static String range(ColumnSummary column) {
    return column.kind().equals("number")
        ? "%11s %11s %11s %11s"
            .formatted(
                number(column.min()),
                number(column.mean()),
                number(column.max()),
                number(column.deviation()))
        : cut(String.join(", ", column.levels()))
            + (column.distinct() > column.levels().size() ? ", ..." : "");
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : View.number(value);
  }

  private static String cut(String text) {
    int most = WIDEST_NAME;
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
