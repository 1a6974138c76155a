package dev.shallot.run;

import dev.shallot.data.Preprocessing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How good predictions of one target are, on some rows. */
public sealed interface Score permits NumberScore, ClassScore {

  /** The target's name. */
  String target();

  /** As {@code run.json} holds it. */
  Map<String, Object> toMap();

  /** The one number to compare by, the smaller the better: RMSE, or log loss. */
  double figure();

  /** Of a number that is predicted: RMSE and more. */
  default NumberScore number() {
    if (this instanceof NumberScore score) {
      return score;
    }
    throw new RunException("target %s is one of classes and has no RMSE".formatted(target()));
  }

  /**
   * Scores of all targets.
   *
   * @param preprocessing says whether there are classes
   * @param predicted rows x c row-major, in the targets' units, or shares of the classes
   * @param truth rows x c row-major, the same
   * @param weights what each row counts; empty: 1 each
   */
  static List<Score> of(
      Preprocessing preprocessing, double[] predicted, double[] truth, double[] weights) {
    List<String> classes = preprocessing.classes();
    return classes.isEmpty()
        ? of(preprocessing.targetNames(), predicted, truth, weights)
        : List.of(
            ClassScore.of(
                preprocessing.targetNames().getFirst(), classes, predicted, truth, weights));
  }

  /** Scores of numbers that all count the same. */
  static List<Score> of(List<String> targets, double[] predicted, double[] truth) {
    return of(targets, predicted, truth, new double[0]);
  }

  private static List<Score> of(
      List<String> targets, double[] predicted, double[] truth, double[] weights) {
    check(targets.size(), predicted, truth, weights);
    List<Score> scores = new ArrayList<>();
    for (int o = 0; o < targets.size(); o++) {
      scores.add(NumberScore.of(targets.get(o), o, targets.size(), predicted, truth, weights));
    }
    return scores;
  }

  /** Refuses arrays that do not belong together, and rows that no mean can be taken of. */
  static void check(int outputs, double[] predicted, double[] truth, double[] weights) {
    if (predicted.length != truth.length
        || truth.length % outputs != 0
        || (weights.length > 0 && weights.length != truth.length / outputs)) {
      throw new RunException(
          "scores need as many predictions as true values, and a weight a row or none, but got %d, %d and %d for %d outputs"
              .formatted(predicted.length, truth.length, weights.length, outputs));
    }
    if (truth.length == 0) {
      throw new RunException("scores need at least one row, and there is none.");
    }
    double total = Arrays.stream(weights).sum();
    if (weights.length > 0 && !(total > 0.0 && Double.isFinite(total))) {
      throw new RunException(
          "the weights of the %d rows to score are %s in sum, and a mean needs a sum above 0: leave the column of weights out, or correct it."
              .formatted(weights.length, total));
    }
  }
}
