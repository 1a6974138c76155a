package dev.shallot.reproduce;

import dev.shallot.picture.Axis;
import dev.shallot.picture.Lines;
import dev.shallot.picture.PhaseTrace;
import dev.shallot.reproduce.Expected.Predicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figure 2a of the ICLR submission: the three phases of a round, mean and spread. */
final class TraceFigure implements Figure {
  /** The submission shows the first 125 micro-steps. */
  private static final int SHOWN = 125;

  @Override
  public List<Verdict> judge(Setup setup, Results results) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Predicate predicate : setup.expected().predicates()) {
      Results part = results.part(predicate.limits().text("part"));
      verdicts.add(
          switch (predicate.limits().text("rule")) {
            case "local-decrease" -> Sawtooth.localDecrease(predicate, part);
            case "exact-drop" -> Sawtooth.exactDrop(predicate, part);
            case "usual-drop" -> Sawtooth.usualDrop(predicate, part);
            case "exact-jump" -> Sawtooth.exactJump(predicate, part);
            case "mean-jump" -> Sawtooth.meanJump(predicate, part);
            case "first-jump" -> Sawtooth.firstJump(predicate, part, predicate.limit("expected"));
            default -> Sawtooth.trend(predicate, part);
          });
    }
    return verdicts;
  }

  @Override
  public List<Plate> draw(Setup setup, Results results) {
    List<Plate> plates = new ArrayList<>();
    List<Lines.Series> curves = new ArrayList<>();
    StringBuilder csv = new StringBuilder("part,round,mean,deviation\n");
    for (String name : results.labels(Point.PART)) {
      Results part = results.part(name);
      String title = setup.config().object("titles").text(name);
      plates.add(trace(name, title, part));
      double[] errors = part.meanSeries("errors");
      double[] deviation = part.deviationSeries("errors");
      double[] k = new double[errors.length];
      double[] low = new double[errors.length];
      double[] high = new double[errors.length];
      for (int i = 0; i < k.length; i++) {
        k[i] = i;
        low[i] = errors[i] - deviation[i];
        high[i] = errors[i] + deviation[i];
        csv.append(String.format(Locale.ROOT, "%s,%d,%s,%s\n", name, i, errors[i], deviation[i]));
      }
      curves.add(new Lines.Series(title.replaceFirst(",.*", ""), k, errors, low, high));
    }
    int seeds = results.labels("seed").size();
    Lines lines =
        new Lines(
            "Error of the whole network by round",
            "mean of %d seeds, band ± 1 standard deviation over seeds".formatted(seeds),
            Axis.linear("round k"),
            Axis.log("squared error Gₖ = ‖y − uₖ‖²"),
            curves,
            List.of());
    plates.add(
        new Plate("rounds", lines.title() + "; " + lines.setting() + ".", lines, csv.toString()));
    return plates;
  }

  private static Plate trace(String name, String title, Results part) {
    int tau = Sawtooth.localSteps(part.points().getFirst());
    int columns = tau + 1;
    int rounds = Math.min(SHOWN / (tau + 2), part.meanSeries("after").length);
    double[] mean = Arrays.copyOf(part.meanSeries("mean"), rounds * columns);
    double[] square = part.meanSeries("square");
    double[] deviation = new double[mean.length];
    StringBuilder csv = new StringBuilder("round,micro_step,phase,mean,deviation\n");
    double[] before = Arrays.copyOf(part.meanSeries("before"), rounds);
    double[] after = Arrays.copyOf(part.meanSeries("after"), rounds);
    for (int k = 0; k < rounds; k++) {
      int step = k * (tau + 2);
      csv.append(String.format(Locale.ROOT, "%d,%d,before,%s,\n", k, step, before[k]));
      for (int t = 0; t < columns; t++) {
        int i = k * columns + t;
        deviation[i] = Math.sqrt(Math.max(0, square[i] - mean[i] * mean[i]));
        csv.append(
            String.format(
                Locale.ROOT,
                "%d,%d,%s,%s,%s\n",
                k,
                step + 1 + t,
                t == 0 ? "sampled" : "local",
                mean[i],
                deviation[i]));
      }
      csv.append(String.format(Locale.ROOT, "%d,%d,aggregated,%s,\n", k, step + tau + 2, after[k]));
    }
    PhaseTrace picture =
        new PhaseTrace(
            "Three phases of a round", title, "squared error", tau, before, mean, deviation, after);
    return new Plate(
        name,
        "The first %d micro-steps, %s. Line: mean over subnets and %d seeds; band: ± 1 standard deviation over both."
            .formatted(rounds * (tau + 2), title, part.points().size()),
        picture,
        csv.toString());
  }
}
