package dev.shallot.cli;

import dev.shallot.baseline.Baseline;
import dev.shallot.run.ClassScore;
import dev.shallot.run.RunOutcome;
import dev.shallot.run.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run and its baselines as a table. */
final class BaselineWords {
  private static final String ROW = "%-10s %-16s %12s %12s %12s %8s   %s";

  private BaselineWords() {}

  static List<String> table(RunOutcome run, List<Baseline> baselines) {
    List<String> lines = new ArrayList<>();
    boolean classes = run.trainScores().stream().anyMatch(score -> score instanceof ClassScore);
    String error = classes ? "-sum ln p" : "||y - f||^2";
    String held = run.heldOutScores().isPresent() ? "held out" : "";
    lines.add(
        ROW.formatted(
                "baselines", "", error, classes ? "log l. train" : "RMSE train", held, "time", "")
            .strip());
    lines.add(
        row(
            "this run",
            run.last().error(),
            run.trainScores(),
            run.heldOutScores(),
            run.trainingSeconds(),
            "masked training"));
    for (Baseline baseline : baselines) {
      lines.add(
          baseline.computed()
              ? row(
                  baseline.name(),
                  baseline.error(),
                  baseline.train(),
                  baseline.heldOut(),
                  baseline.seconds(),
                  baseline.note())
              : ROW.formatted(
                  "", baseline.name(), "-", "-", held.isEmpty() ? "" : "-", "-", baseline.note()));
    }
    return lines;
  }

  private static String row(
      String name,
      double error,
      List<Score> train,
      Optional<List<Score>> heldOut,
      double seconds,
      String note) {
    return ROW.formatted(
        "",
        name,
        View.number(error),
        rmse(train),
        heldOut.map(BaselineWords::rmse).orElse(""),
        View.seconds(seconds),
        note);
  }

  /** RMSE, of several targets the mean; of classes the log loss. */
  private static String rmse(List<Score> scores) {
    return View.number(scores.stream().mapToDouble(Score::figure).average().orElse(Double.NaN));
  }
}
