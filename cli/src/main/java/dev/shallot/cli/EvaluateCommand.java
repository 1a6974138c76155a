package dev.shallot.cli;

import dev.shallot.run.ClassScore;
import dev.shallot.run.Evaluation;
import dev.shallot.run.Model;
import dev.shallot.run.ModelSource;
import dev.shallot.run.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    View view = common.view();
    Model model = ModelSource.open(run);
    Evaluation found =
        Evaluation.of(model, ModelTable.read(model, data, spec.commandLine().getParseResult()));
    List<String> lines = new ArrayList<>();
    Words.scores(lines, "scores", found.scores());
    if (found.weighted()) {
      lines.add("           rows count by the model's column of weights");
    }
    if (found.scores().getFirst() instanceof ClassScore classes) {
      lines.addAll(ClassWords.confusion(classes));
    }
    lines.forEach(view::result);
    view.result(
        "rows       %s%s"
            .formatted(
                View.count(found.rows()),
                found.leftOut() > 0
                    ? ", %s left out for missing values".formatted(View.count(found.leftOut()))
                    : ""));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("rows", found.rows());
    document.put("leftOut", found.leftOut());
    document.put("weighted", found.weighted());
    document.put("scores", found.scores().stream().map(Score::toMap).toList());
    view.document(document);
  }
}
