package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Figure 2c of the TMLR paper: the plateau error over the width, one line a keep probability. */
final class PlateauFigure implements Figure {
  /** The released code stops at the sixth failure to improve in total. */
  private static final int PATIENCE = 6;

  private static final String LINES = "setting";

  private static ToDoubleFunction<Point> plateau(Setup setup) {
    return HeatFigure.plateau(setup, PATIENCE);
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      Results part = results.part(predicate.limits().text("part", "keep"));
      verdicts.add(
          predicate.limits().text("rule").equals("falls-with-width")
              ? fallsWithWidth(predicate, part, plateau(setup))
              : fallsWithKeep(predicate, part, plateau(setup)));
    }
    return verdicts;
  }

  /** WIDTH-1: along every line the mean falls from each width to the next. */
  static Verdict fallsWithWidth(
      Predicate predicate, Results part, ToDoubleFunction<Point> quantity) {
    List<String> found = new ArrayList<>();
    boolean all = true;
    for (String label : part.labels(LINES)) {
      double[] means = WidthLines.means(part.where(LINES, label), quantity);
      boolean falls = means.length > 1;
      for (int i = 1; i < means.length; i++) {
        falls &= means[i] < means[i - 1];
      }
      all &= falls;
      found.add("%s: %s".formatted(label, Said.list(means)));
    }
    return found.isEmpty()
        ? Verdict.unknown(predicate.id(), predicate.says(), "nothing was measured")
        : Verdict.of(
            predicate.id(),
            all,
            predicate.says(),
            "m = %s; %s"
                .formatted(String.join(", ", part.labels("width")), String.join("; ", found)));
  }

  /** WIDTH-2: at every width the mean falls along the lines, which are in the order of xi. */
  static Verdict fallsWithKeep(
      Predicate predicate, Results part, ToDoubleFunction<Point> quantity) {
    List<String> found = new ArrayList<>();
    boolean all = true;
    for (String width : part.labels("width")) {
      Results cell = part.where("width", width);
      double[] means =
          cell.labels(LINES).stream()
              .mapToDouble(label -> cell.where(LINES, label).mean(quantity))
              .toArray();
      double[] sorted = Arrays.stream(means).sorted().toArray();
      boolean falls = means.length > 1;
      for (int i = 0; i < means.length; i++) {
        falls &= means[i] == sorted[means.length - 1 - i];
      }
      all &= falls;
      found.add("m = %s: %s".formatted(width, Said.list(means)));
    }
    return found.isEmpty()
        ? Verdict.unknown(predicate.id(), predicate.says(), "nothing was measured")
        : Verdict.of(
            predicate.id(),
            all,
            predicate.says(),
            "%s; %s".formatted(String.join(", ", part.labels(LINES)), String.join("; ", found)));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Plate> plates = new ArrayList<>();
    for (String part : results.labels(Point.PART)) {
      Results of = results.part(part);
      plates.add(
          WidthLines.plate(
              part,
              part.equals("zero")
                  ? "Zeroing rule of the released code"
                  : "Algorithm 1: uncovered neurons stay",
              "p = 10, τ = 3; smallest moving mean of 11 errors; mean ± standard error of %d seeds"
                  .formatted(of.labels("seed").size()),
              of,
              LINES,
              plateau(setup),
              "plateau of ½‖Y − u‖²/n",
              true));
    }
    return plates;
  }
}
