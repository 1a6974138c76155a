package dev.shallot.run;

import dev.shallot.data.MissingPolicy;
import dev.shallot.data.Preprocessing;
import dev.shallot.data.Table;
import java.util.List;
import java.util.Optional;

/**
 * A model's predictions beside the targets of a table.
 *
 * @param scores one a target, in the targets' units
 * @param rows that were scored
 * @param leftOut rows with missing cells, where the plan was to drop such rows
 * @param weighted whether rows count by the table's column of sample weights
 */
public record Evaluation(List<Score> scores, int rows, int leftOut, boolean weighted) {
  public Evaluation {
    scores = List.copyOf(scores);
  }

  /**
   * Evaluates a model on a table with its features and targets. Rows count by the training's column
   * of weights where the table has it, else the same.
   *
   * @throws RunException if no row is left, or all count nothing
   * @throws dev.shallot.data.DataException if a column is absent or a cell does not fit
   */
  public static Evaluation of(Model model, Table table) {
    Preprocessing preprocessing = model.preprocessing();
    Table complete = table;
    if (preprocessing.missing() == MissingPolicy.DROP_ROWS) {
      int[] rows = preprocessing.completeRows(table, true);
      if (rows.length == 0) {
        throw new RunException(
            "every row of %s has missing values: nothing can be scored.".formatted(table.source()));
      }
      complete = table.selectRows(rows);
    }
    Optional<double[]> weights = preprocessing.sampleWeights(complete);
    List<Score> scores =
        Score.of(
            preprocessing,
            model.predict(complete),
            preprocessing.rawLabels(complete),
            weights.orElse(new double[0]));
    return new Evaluation(
        scores, complete.rows(), table.rows() - complete.rows(), weights.isPresent());
  }
}
