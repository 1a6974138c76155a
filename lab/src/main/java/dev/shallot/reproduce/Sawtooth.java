package dev.shallot.reproduce;

import dev.shallot.reproduce.Expected.Predicate;
import java.util.List;

/**
 * The predicates about the three phases of a round (docs/figures.md), each a function of the points
 * of one setting; see {@link PhaseProbe} for what they measured.
 */
final class Sawtooth {
  private Sawtooth() {}

  /** tau of a point. */
  static int localSteps(Point point) {
    int rounds = point.series("after").length;
    return rounds == 0 ? 0 : point.series("mean").length / rounds - 1;
  }

  /** SAW-1: the share of rounds in which no local step raises the mean error. */
  static Verdict localDecrease(Predicate predicate, Results results) {
    long rounds = 0;
    long falling = 0;
    for (Point point : results.points()) {
      int columns = localSteps(point) + 1;
      double[] mean = point.series("mean");
      for (int k = 0; k < point.series("after").length; k++) {
        boolean falls = true;
        for (int t = 1; t < columns; t++) {
          falls &= mean[k * columns + t] <= mean[k * columns + t - 1];
        }
        rounds++;
        falling += falls ? 1 : 0;
      }
    }
    if (rounds == 0) {
      return none(predicate);
    }
    double share = (double) falling / rounds;
    return Verdict.of(
        predicate.id(),
        share >= predicate.limit("share"),
        predicate.says(),
        "%s of %,d rounds".formatted(percent(share), rounds));
  }

  /** SAW-2 where every neuron has one owner: aggregation lowers the error, by what L-16 says. */
  static Verdict exactDrop(Predicate predicate, Results results) {
    return exact(predicate, results, "dropGap", true);
  }

  /** SAW-3 where every neuron has one owner: sampling raises the error, by what L-16 says. */
  static Verdict exactJump(Predicate predicate, Results results) {
    return exact(predicate, results, "jumpGap", false);
  }

  private static Verdict exact(Predicate predicate, Results results, String gap, boolean drop) {
    long rounds = 0;
    long right = 0;
    double worst = 0;
    for (Point point : results.points()) {
      int columns = localSteps(point) + 1;
      double[] mean = point.series("mean");
      double[] gaps = point.series(gap);
      for (int k = 0; k < gaps.length; k++) {
        boolean holds =
            drop
                ? point.series("after")[k] <= mean[k * columns + columns - 1]
                : mean[k * columns] >= point.series("before")[k];
        rounds++;
        right += holds ? 1 : 0;
        worst = Double.isNaN(gaps[k]) ? Double.NaN : Math.max(worst, gaps[k]);
      }
    }
    if (rounds == 0) {
      return none(predicate);
    }
    return Verdict.of(
        predicate.id(),
        right == rounds && worst <= predicate.limit("relative"),
        predicate.says(),
        "%s in %,d of %,d rounds; largest relative difference from L-16: %s"
            .formatted(drop ? "drop" : "jump", right, rounds, Said.of(worst)));
  }

  /** SAW-2 where subnets overlap: the share of rounds in which aggregation lowers the error. */
  static Verdict usualDrop(Predicate predicate, Results results) {
    long rounds = 0;
    long falling = 0;
    for (Point point : results.points()) {
      int columns = localSteps(point) + 1;
      double[] after = point.series("after");
      for (int k = 0; k < after.length; k++) {
        rounds++;
        falling += after[k] <= point.series("mean")[k * columns + columns - 1] ? 1 : 0;
      }
    }
    if (rounds == 0) {
      return none(predicate);
    }
    double share = (double) falling / rounds;
    return Verdict.of(
        predicate.id(),
        share >= predicate.limit("share"),
        predicate.says(),
        "drop in %s of %,d rounds".formatted(percent(share), rounds));
  }

  /** SAW-3 where subnets overlap: the mean jump beside the mean of L-2. */
  static Verdict meanJump(Predicate predicate, Results results) {
    double jump = 0;
    double expected = 0;
    long rounds = 0;
    for (Point point : results.points()) {
      int columns = localSteps(point) + 1;
      double[] before = point.series("before");
      for (int k = 0; k < before.length; k++) {
        jump += point.series("mean")[k * columns] - before[k];
        expected += point.series("expectedJump")[k];
        rounds++;
      }
    }
    if (rounds == 0) {
      return none(predicate);
    }
    double ratio = jump / expected;
    return Verdict.of(
        predicate.id(),
        jump > 0 && Math.abs(ratio - 1) <= predicate.limit("slack"),
        predicate.says(),
        "mean jump %s, mean of L-2 %s, ratio %s"
            .formatted(Said.of(jump / rounds), Said.of(expected / rounds), Said.of(ratio)));
  }

  /** SAW-4: the first jump over seeds beside its mean over initial weights. */
  static Verdict firstJump(Predicate predicate, Results results, double expected) {
    List<Point> points = results.points();
    if (points.size() < 3) {
      return Verdict.unknown(
          predicate.id(), predicate.says(), "a standard error needs at least 3 seeds");
    }
    double mean = results.mean(Sawtooth::firstJump);
    double error = results.standardError(Sawtooth::firstJump);
    return Verdict.of(
        predicate.id(),
        Math.abs(mean - expected) <= predicate.limit("standardErrors") * error,
        predicate.says(),
        "%s ± %s (standard error, %d seeds), expected %s"
            .formatted(Said.of(mean), Said.of(error), points.size(), Said.of(expected)));
  }

  private static double firstJump(Point point) {
    return point.series("mean")[0] - point.series("before")[0];
  }

  /** TREND-1: the error falls, and its logarithm goes down from the start. */
  static Verdict trend(Predicate predicate, Results results) {
    double[] errors = results.meanSeries("errors");
    if (errors.length < 11) {
      return Verdict.unknown(predicate.id(), predicate.says(), "there are fewer than 10 rounds");
    }
    int early = Math.max(3, errors.length / 10 + 1);
    double[] k = new double[early];
    double[] log = new double[early];
    for (int i = 0; i < early; i++) {
      k[i] = i;
      log[i] = Math.log(errors[i]);
    }
    double slope = Trends.slope(k, log);
    double ratio = errors[errors.length - 1] / errors[0];
    return Verdict.of(
        predicate.id(),
        ratio < predicate.limit("ratio") && slope < 0,
        predicate.says(),
        "G_K/G_0 = %s; log G_k changes by %s a round over the first %d rounds"
            .formatted(Said.of(ratio), Said.of(slope), early - 1));
  }

  private static Verdict none(Predicate predicate) {
    return Verdict.unknown(predicate.id(), predicate.says(), "no round was measured");
  }

  private static String percent(double share) {
    return Said.of(100 * share) + " %";
  }
}
