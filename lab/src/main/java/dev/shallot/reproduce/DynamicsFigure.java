package dev.shallot.reproduce;

import dev.shallot.picture.Axis;
import dev.shallot.picture.Lines;
import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures 2a and 2d of the TMLR paper: loss along rounds and local steps, one line a setting or a
 * width, with both update rules. A line goes through what the authors' code logs: the mean over
 * subnets of the loss before each local step, then the loss after aggregation.
 */
final class DynamicsFigure implements Figure {
  private static String axis(Setup setup) {
    return setup.config().text("lines");
  }

  private static double unit(Setup setup) {
    return 1.0 / (2.0 * setup.config().object("data").whole("rows", 1));
  }

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      Results part = results.part(predicate.limits().text("part", "keep"));
      String axis = axis(setup);
      switch (predicate.limits().text("rule")) {
        case "trend" -> {
          for (String label : part.labels(axis)) {
            verdicts.add(
                named(predicate, axis, label, Sawtooth.trend(predicate, part.where(axis, label))));
          }
        }
        case "local-decrease" -> {
          for (String label : part.labels(axis)) {
            verdicts.add(
                named(
                    predicate,
                    axis,
                    label,
                    Sawtooth.localDecrease(predicate, part.where(axis, label))));
          }
        }
        case "order" -> verdicts.add(order(predicate, part, axis));
        default -> verdicts.add(worse(predicate, results, axis));
      }
    }
    return verdicts;
  }

  private static Verdict named(Predicate predicate, String axis, String label, Verdict verdict) {
    return new Verdict(
        verdict.id() + " (" + label(axis, label) + ")",
        verdict.standing(),
        predicate.says(),
        verdict.found());
  }

  private static String label(String axis, String label) {
    return axis.equals("width") ? "m = " + label : label;
  }

  /** The last error falls along the lines, in the order of the config. */
  static Verdict order(Predicate predicate, Results part, String axis) {
    List<String> labels = part.labels(axis);
    if (labels.size() < 2) {
      return Verdict.unknown(predicate.id(), predicate.says(), "there is one line only");
    }
    double[] last = new double[labels.size()];
    boolean falls = true;
    for (int i = 0; i < last.length; i++) {
      last[i] = part.where(axis, labels.get(i)).mean(p -> p.number("relativeError"));
      falls &= i == 0 || last[i] < last[i - 1];
    }
    return Verdict.of(
        predicate.id(),
        falls,
        predicate.says(),
        "final error / ‖Y‖² at " + Said.pairs(labels, last));
  }

  /** The zeroing rule ends no better than Algorithm 1. */
  static Verdict worse(Predicate predicate, Results results, String axis) {
    List<String> labels = results.labels(axis);
    double[] ratio = new double[labels.size()];
    boolean holds = true;
    for (int i = 0; i < ratio.length; i++) {
      String label = labels.get(i);
      double kept = results.part("keep").where(axis, label).mean(p -> p.number("finalError"));
      double zeroed = results.part("zero").where(axis, label).mean(p -> p.number("finalError"));
      ratio[i] = zeroed / kept;
      holds &= ratio[i] >= 1 - predicate.limit("slack");
    }
    return Verdict.of(
        predicate.id(),
        holds,
        predicate.says(),
        "final error with zeroing / with Algorithm 1 at " + Said.pairs(labels, ratio));
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Plate> plates = new ArrayList<>();
    String axis = axis(setup);
    for (String part : results.labels(Point.PART)) {
      List<Lines.Series> lines = new ArrayList<>();
      StringBuilder csv = new StringBuilder("line,round,mean,deviation\n");
      for (String label : results.part(part).labels(axis)) {
        lines.add(line(setup, results.part(part).where(axis, label), label(axis, label), csv));
      }
      String rule =
          part.equals("zero")
              ? "Zeroing rule of the released code"
              : "Algorithm 1: uncovered neurons stay";
      String setting =
          "%s; mean and ± 1 s.d. over %d seeds"
              .formatted(setup.config().text("setting"), results.part(part).labels("seed").size());
      Lines picture =
          new Lines(
              rule,
              setting,
              Axis.linear("round k (in between: local steps)"),
              Axis.log("loss ½‖Y − u‖²/n"),
              lines,
              List.of());
      plates.add(new Plate(part, rule + ". " + setting + ".", picture, csv.toString()));
    }
    return plates;
  }

  private static Lines.Series line(Setup setup, Results results, String name, StringBuilder csv) {
    Point first = results.points().getFirst();
    int tau = Sawtooth.localSteps(first);
    int rounds = first.series("after").length;
    double unit = unit(setup);
    double[] mean = results.meanSeries("mean");
    double[] deviation = results.deviationSeries("mean");
    double[] after = results.meanSeries("after");
    double[] afterDeviation = results.deviationSeries("after");
    double start = results.mean(p -> p.series("before")[0]);
    int perRound = tau + 1;
    double[] x = new double[1 + rounds * perRound];
    double[] y = new double[x.length];
    double[] low = new double[x.length];
    double[] high = new double[x.length];
    y[0] = start * unit;
    low[0] = y[0];
    high[0] = y[0];
    for (int k = 0; k < rounds; k++) {
      for (int t = 0; t < perRound; t++) {
        int at = 1 + k * perRound + t;
        boolean last = t == tau;
        double value = last ? after[k] : mean[k * (tau + 1) + t];
        double spread = last ? afterDeviation[k] : deviation[k * (tau + 1) + t];
        x[at] = k + (t + 1.0) / perRound;
        y[at] = value * unit;
        low[at] = (value - spread) * unit;
        high[at] = (value + spread) * unit;
        csv.append(
            String.format(Locale.ROOT, "%s,%.4f,%s,%s\n", name, x[at], y[at], spread * unit));
      }
    }
    return new Lines.Series(name, x, y, low, high);
  }
}
