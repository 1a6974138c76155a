package dev.shallot.cli;

import dev.shallot.data.MissingPolicy;
import dev.shallot.data.Table;
import dev.shallot.run.ClassScore;
import dev.shallot.run.Model;
import dev.shallot.run.ModelSource;
import dev.shallot.run.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code shallot evaluate}. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description =
        "Compare a model's predictions with the targets of a table: RMSE, MAE and R2, in the"
            + " targets' own units, over all its rows; of classes accuracy, log loss and which was"
            + " taken for which. Rows count by the weights of training where the table has that"
            + " column.")
final class EvaluateCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "A run folder, or a model file.")
  private Path run = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description = "A table with the model's features and targets.")
  private Path data = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = new View(spec.commandLine(), common);
    Model model = ModelSource.open(run);
    Table table = ModelTable.read(model, data, spec.commandLine().getParseResult());
    int all = table.rows();
    if (model.preprocessing().missing() == MissingPolicy.DROP_ROWS) {
      int[] complete = model.preprocessing().completeRows(table, true);
      if (complete.length == 0) {
        throw new CliException("every row of %s has missing values.".formatted(data));
      }
      table = table.selectRows(complete);
    }
    Optional<double[]> weights = ModelTable.weights(model, table);
    List<Score> scores =
        Score.of(
            model.preprocessing(),
            model.predict(table),
            model.preprocessing().rawLabels(table),
            weights.orElse(new double[0]));
    List<String> lines = new ArrayList<>();
    Words.scores(lines, "scores", scores);
    weights.ifPresent(w -> lines.add("           rows count by the model's column of weights"));
    if (scores.getFirst() instanceof ClassScore classes) {
      lines.addAll(ClassWords.confusion(classes));
    }
    lines.forEach(view::result);
    view.result(
        "rows       %s%s"
            .formatted(
                View.count(table.rows()),
                all > table.rows()
                    ? ", %s left out for missing values".formatted(View.count(all - table.rows()))
                    : ""));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("rows", table.rows());
    document.put("leftOut", all - table.rows());
    document.put("weighted", weights.isPresent());
    document.put("scores", scores.stream().map(Score::toMap).toList());
    view.document(document);
  }
}
