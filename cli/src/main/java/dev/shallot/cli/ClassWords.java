package dev.shallot.cli;

import dev.shallot.run.ClassScore;
import java.util.ArrayList;
import java.util.List;

/** Which class was taken for which, as a table, or where there are many as a list. */
final class ClassWords {
  private static final int MOST_COLUMNS = 12;
  private static final int MOST_PAIRS = 20;

  private ClassWords() {}

  /** One line of figures. */
  static String line(String rows, ClassScore score) {
    return "%-10s accuracy %s, log loss %s"
        .formatted(rows, View.number(score.accuracy()), View.number(score.logLoss()));
  }

  /** The confusion table: a row a class, a column what was predicted. */
  static List<String> confusion(ClassScore score) {
    return score.classes().size() <= MOST_COLUMNS ? table(score) : pairs(score);
  }

  private static List<String> table(ClassScore score) {
    int c = score.classes().size();
    TextTable table = new TextTable();
    table.column("confusion: is \\ predicted", false);
    score.classes().forEach(name -> table.column(name, true));
    table.column("rows", true).column("found", true);
    for (int actual = 0; actual < c; actual++) {
      List<String> cells = new ArrayList<>();
      cells.add(score.classes().get(actual));
      long rows = 0;
      for (int predicted = 0; predicted < c; predicted++) {
        long count = score.confused(actual, predicted);
        rows += count;
        cells.add(View.count(count));
      }
      cells.add(View.count(rows));
      cells.add(
          rows == 0 ? "-" : View.number((double) score.confused(actual, actual) / (double) rows));
      table.row(cells);
    }
    return table.lines();
  }

  /** Of many classes: those that were mistaken most often. */
  private static List<String> pairs(ClassScore score) {
    record Pair(String actual, String predicted, long count) {}
    int c = score.classes().size();
    List<Pair> pairs = new ArrayList<>();
    for (int actual = 0; actual < c; actual++) {
      for (int predicted = 0; predicted < c; predicted++) {
        if (actual != predicted && score.confused(actual, predicted) > 0) {
          pairs.add(
              new Pair(
                  score.classes().get(actual),
                  score.classes().get(predicted),
                  score.confused(actual, predicted)));
        }
      }
    }
    pairs.sort(java.util.Comparator.comparingLong(Pair::count).reversed());
    List<String> lines = new ArrayList<>();
    String head = "confusion";
    for (Pair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
      lines.add(
          "%-10s %s taken for %s: %s"
              .formatted(head, pair.actual(), pair.predicted(), View.count(pair.count())));
      head = "";
    }
    if (pairs.size() > MOST_PAIRS) {
      lines.add(
          "           and %s more pairs; --json has them all"
              .formatted(View.count(pairs.size() - MOST_PAIRS)));
    }
    return lines;
  }
}
