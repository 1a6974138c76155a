package dev.shallot.cli;

import dev.shallot.query.QueryResult;
import dev.shallot.query.ResultStore;
import dev.shallot.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot query}. */
@Command(
    name = "query",
    sortOptions = false,
    description = {
      "Ask a question in SQL (DuckDB's) of all runs and sweeps at and below a folder. The tables"
          + " are cells (of sweeps), runs and traces (errors over rounds); without a question their"
          + " columns are listed. A query can change nothing and sees no other file.",
      "",
      "  shallot query runs \"SELECT folder, width, final_error FROM runs ORDER BY final_error\"",
      ""
    })
final class QueryCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "A sweep, a run, or a folder of them.")
  private Path folder = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "SQL", description = "One statement.")
  private Optional<String> sql = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table (for people), csv, json or parquet. Default: table.")
  private String format = "table";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write the answer to a file, which must not exist; parquet needs one.")
  private Optional<Path> out = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = common.view();
    if (!List.of("table", "csv", "json", "parquet").contains(format)) {
      throw new CliException(
          "unknown format \"%s\": there are table, csv, json and parquet.".formatted(format));
    }
    out.ifPresent(OutputFile::refuseExisting);
    if (sql.isEmpty()) {
      describe(view);
    } else if (format.equals("parquet")) {
      parquet(folder, sql.get(), out.orElseThrow(QueryCommand::needsFile));
      view.result(out.get().toString());
      view.document(Map.of("file", out.get().toString()));
    } else {
      answer(view, sql.get());
    }
  }

  private static CliException needsFile() {
    return new CliException("parquet goes to a file: name it with --out FILE.");
  }

  private void describe(View view) {
    try (ResultStore store = ResultStore.open(folder)) {
      List<Map<String, Object>> columns = new ArrayList<>();
      String table = "";
      for (ResultStore.ColumnInfo column : store.columns()) {
        if (!column.table().equals(table)) {
          table = column.table();
          view.result("%s: %s rows".formatted(table, View.count(store.rows(table))));
        }
        view.result("  %-22s %-8s %s".formatted(column.name(), column.type(), column.meaning()));
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("table", column.table());
        one.put("column", column.name());
        one.put("type", column.type());
        one.put("meaning", column.meaning());
        columns.add(one);
      }
      view.document(Map.of("columns", columns));
    }
  }

  private void answer(View view, String question) {
    try (ResultStore store = ResultStore.open(folder)) {
      QueryResult result = store.query(question);
      String text =
          common.json || format.equals("json")
              ? result.json()
              : format.equals("csv") ? result.csv() : String.join("\n", table(result)) + "\n";
      if (out.isPresent()) {
        AtomicFile.write(out.get(), text);
        view.result("%s: %s rows".formatted(out.get(), View.count(result.rows().size())));
        view.document(Map.of("file", out.get().toString(), "rows", result.rows().size()));
      } else {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
      }
    }
  }

  /** Writes the answer of a store as Parquet, whole or not at all. */
  static void parquet(Path folder, String question, Path out) {
    Path scratch =
        out.toAbsolutePath()
            .resolveSibling("." + out.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try (ResultStore store = ResultStore.open(folder, Optional.of(scratch))) {
      store.writeParquet(question);
      Files.move(scratch, out.toAbsolutePath(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CliException("cannot write %s: %s".formatted(out, AtomicFile.reason(e)), e);
    }
  }

  private static List<String> table(QueryResult result) {
    TextTable table = new TextTable();
    for (int j = 0; j < result.names().size(); j++) {
      table.column(result.names().get(j), result.numeric().get(j));
    }
    for (List<Optional<Object>> row : result.rows()) {
      table.row(row.stream().map(value -> value.map(QueryCommand::shown).orElse("")).toList());
    }
    return table.lines();
  }

  private static String shown(Object value) {
    return value instanceof Double number ? View.number(number) : String.valueOf(value);
  }
}
