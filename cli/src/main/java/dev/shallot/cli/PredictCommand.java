package dev.shallot.cli;

import dev.shallot.data.MissingPolicy;
import dev.shallot.data.Table;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.Model;
import dev.shallot.run.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot predict}. */
@Command(
    name = "predict",
    sortOptions = false,
    description =
        "Predict the targets of a table's rows, in the targets' own units, as CSV: one line a row,"
            + " one column a target; of classes their names.")
final class PredictCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "A run folder, or a model file.")
  private Path run = Path.of("");

  @Parameters(index = "1", paramLabel = "DATA", description = "A table with the model's features.")
  private Path data = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where the predictions go; must not exist. Default: standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--probabilities",
      description = "Of classes: the share of each as well, in columns TARGET=CLASS.")
  private boolean probabilities;

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = common.view();
    out.ifPresent(OutputFile::refuseExisting);
    Model model = ModelSource.open(run);
    Table table = ModelTable.read(model, data, spec.commandLine().getParseResult());
    if (probabilities && model.classes().isEmpty()) {
      throw new CliException(
          "--probabilities is for classes, and this model predicts numbers: leave it out.");
    }
    double[][] rows = predictions(model, table, view);
    List<String> targets = model.preprocessing().targetNames();
    if (!model.classes().isEmpty()) {
      classes(new ClassTable(model, rows, probabilities), view);
      return;
    }
    if (out.isPresent()) {
      AtomicFile.write(out.get(), csv(targets, rows));
      view.result("%s predictions in %s".formatted(View.count(rows.length), out.get()));
    } else if (!view.json()) {
      spec.commandLine().getOut().print(csv(targets, rows));
      spec.commandLine().getOut().flush();
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("targets", targets);
    document.put("rows", rows.length);
    if (out.isPresent()) {
      document.put("file", out.get().toString());
    } else {
      document.put(
          "predictions",
          Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList());
    }
    view.document(document);
  }

  private void classes(ClassTable table, View view) {
    if (out.isPresent()) {
      AtomicFile.write(out.get(), table.csv());
      view.result("%s predictions in %s".formatted(View.count(table.rows().length), out.get()));
    } else if (!view.json()) {
      spec.commandLine().getOut().print(table.csv());
      spec.commandLine().getOut().flush();
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("targets", table.model().preprocessing().targetNames());
    document.put("rows", table.rows().length);
    out.ifPresentOrElse(
        file -> document.put("file", file.toString()), () -> document.putAll(table.toMap()));
    view.document(document);
  }

  /** One array a row of the table; empty where the model was told to leave such rows out. */
  private double[][] predictions(Model model, Table table, View view) {
    int c = model.network().outputs();
    double[][] rows = new double[table.rows()][0];
    int[] complete =
        model.preprocessing().missing() == MissingPolicy.DROP_ROWS
            ? model.preprocessing().completeRows(table, false)
            : java.util.stream.IntStream.range(0, table.rows()).toArray();
    if (complete.length < table.rows()) {
      view.remark(
          "%s of %s rows have missing values and get no prediction"
              .formatted(View.count(table.rows() - complete.length), View.count(table.rows())));
    }
    if (complete.length == 0) {
      return rows;
    }
    double[] predicted =
        model.predict(complete.length < table.rows() ? table.selectRows(complete) : table);
    for (int i = 0; i < complete.length; i++) {
      rows[complete[i]] = Arrays.copyOfRange(predicted, i * c, (i + 1) * c);
    }
    return rows;
  }

  /** A cell as CSV has it. */
  static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String csv(List<String> targets, double[][] rows) {
    StringBuilder text = new StringBuilder();
    List<String> head = new ArrayList<>();
    for (String target : targets) {
      head.add(quoted(target));
    }
    text.append(String.join(",", head)).append('\n');
    for (double[] row : rows) {
      for (int o = 0; o < targets.size(); o++) {
        text.append(o > 0 ? "," : "").append(row.length > 0 ? Double.toString(row[o]) : "NaN");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
