package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.run.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one JSON document that the report's script draws from.
 *
 * <p>What is drawn is bounded, whatever the run's length. The trace has its micro-steps one by one
 * as far as {@link RunSeries#detailed} goes and then groups of neighbouring rounds with the
 * smallest, mean and largest error of their subnets. The curves over rounds have every observed
 * round, or the smallest, mean and largest value of groups.
 */
final class ChartData {
  /** Micro-steps that are drawn one by one. */
  static final int DETAIL_STEPS = 20_000;

  /** Rounds that the curves over rounds draw one by one, and the groups that they draw beyond. */
  static final int SINGLE_ROUNDS = 3_000;

  private static final int GROUPS = 1_000;

  private final RunSeries series;
  private final RunFacts facts;
  private final int groupSize;
  private final Optional<Object> theory;

  /**
   * The document of a run.
   *
   * @param theory the curves of theory.json, as they are
   */
  ChartData(RunSeries series, RunFacts facts, Optional<Object> theory) {
    this.theory = theory;
    this.series = series;
    this.facts = facts;
    int rounds = series.rounds().count();
    this.groupSize = rounds <= SINGLE_ROUNDS ? 1 : groupSize(rounds);
  }

  /** Sentences for the captions, empty when everything is drawn. */
  List<String> thinning() {
    List<String> told = new ArrayList<>();
    int rounds = series.rounds().count();
    if (series.hasSteps() && series.detailed() < rounds) {
      told.add(
          "The trace shows the micro-steps of the first %s. Behind them it shows groups of up to %s: the means after sampling, after the local steps and after aggregation, and the smallest and largest subnet error."
              .formatted(
                  Summary.plural(series.detailed(), "round"),
                  Summary.plural(groupSize(rounds - series.detailed()), "round")));
    }
    if (groupSize > 1) {
      told.add(
          "The curves over rounds draw %s observed rounds in groups of %s neighbours: lines are means, bands run from the smallest to the largest value."
              .formatted(Figures.count(rounds), Figures.count(groupSize)));
    }
    return told;
  }

  /** The document. */
  String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("facts", facts.tree());
    Map<String, Object> initial = new LinkedHashMap<>();
    initial.put("error", series.initialError());
    initial.put("dead", series.initialDead());
    initial.put("heldOut", series.initialHeldOut());
    root.put("initial", initial);
    if (series.hasSteps()) {
      root.put("trace", traceTree());
    }
    root.put("rounds", roundsTree());
    if (series.tracked().any()) {
      root.put("track", trackTree());
    }
    theory.ifPresent(curves -> root.put("theory", curves));
    return Json.writeCompact(root);
  }

  private Map<String, Object> traceTree() {
    RunSeries.Rounds all = series.rounds();
    int detailed = series.detailed();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("localSteps", series.localSteps());
    tree.put("subnets", series.subnets());
    tree.put("round", list(all.round(), detailed));
    tree.put("before", list(all.before(), detailed));
    tree.put("after", list(all.after(), detailed));
    int steps = series.steps().mean().length;
    tree.put("mean", list(series.steps().mean(), steps));
    tree.put("min", list(series.steps().min(), steps));
    tree.put("max", list(series.steps().max(), steps));
    tree.put("deviation", list(series.steps().deviation(), steps));
    List<Object> groups = new ArrayList<>();
    int size = groupSize(all.count() - detailed);
    for (int from = detailed; from < all.count(); from += size) {
      groups.add(group(all, from, Math.min(from + size, all.count())));
    }
    tree.put("groups", groups);
    return tree;
  }

  private static Map<String, Object> group(RunSeries.Rounds all, int from, int to) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("from", from);
    group.put("to", to - 1);
    group.put("firstRound", whole(all.round()[from]));
    group.put("lastRound", whole(all.round()[to - 1]));
    group.put("sampled", Spread.of(all.sampled(), from, 1, to - from).mean());
    group.put("trained", Spread.of(all.trained(), from, 1, to - from).mean());
    group.put("after", Spread.of(all.after(), from, 1, to - from).mean());
    group.put("min", Spread.of(all.low(), from, 1, to - from).min());
    group.put("max", Spread.of(all.high(), from, 1, to - from).max());
    return group;
  }

  /** Every so many tracked rounds where there are more than are drawn. */
  private Map<String, Object> trackTree() {
    TrackSeries tracked = series.tracked();
    int every = (tracked.round().length + SINGLE_ROUNDS - 1) / SINGLE_ROUNDS;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("lambda0", tracked.lambda0());
    tree.put("radius", tracked.radius());
    tree.put("round", everySo(tracked.round(), every));
    tracked.columns().forEach((name, column) -> tree.put(name, everySo(column, every)));
    tree.put("octaves", tracked.octaves().stream().map(o -> everySo(o, every)).toList());
    return tree;
  }

  private static List<Object> everySo(double[] values, int every) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < values.length; i += every) {
      list.add(whole(values[i]));
    }
    return list;
  }

  private Map<String, Object> roundsTree() {
    RunSeries.Rounds all = series.rounds();
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Object> first = new ArrayList<>();
    List<Object> last = new ArrayList<>();
    for (int j = 0; j < all.count(); j += groupSize) {
      first.add(whole(all.round()[j]));
      last.add(whole(all.round()[Math.min(j + groupSize, all.count()) - 1]));
    }
    tree.put("round", first);
    tree.put("last", last);
    tree.put("error", column(all.after()));
    if (series.hasSteps()) {
      tree.put("sampled", column(all.sampled()));
      tree.put("trained", column(all.trained()));
    }
    tree.put("displacement", column(all.displacement()));
    tree.put("flips", column(all.flips()));
    tree.put("uncovered", column(all.uncovered()));
    tree.put("dead", column(all.dead()));
    tree.put("bytes", column(all.bytes()));
    tree.put("heldOut", column(all.heldOut()));
    return tree;
  }

  /** The means of the groups, and where groups have more than one round their ends too. */
  private Map<String, Object> column(double[] values) {
    List<Object> mean = new ArrayList<>();
    List<Object> min = new ArrayList<>();
    List<Object> max = new ArrayList<>();
    for (int from = 0; from < values.length; from += groupSize) {
      Spread spread = Spread.of(values, from, 1, Math.min(groupSize, values.length - from));
      mean.add(whole(spread.mean()));
      if (groupSize > 1) {
        min.add(whole(spread.min()));
        max.add(whole(spread.max()));
      }
    }
    return Map.of("mean", mean, "min", min, "max", max);
  }

  private static int groupSize(int rounds) {
    return Math.max(1, (rounds + GROUPS - 1) / GROUPS);
  }

  private static List<Object> list(double[] values, int count) {
    List<Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(whole(values[i]));
    }
    return list;
  }

  /** Counts are written without a point: they are most of the document. */
  static Object whole(double value) {
    boolean count = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return count ? (Object) (long) value : (Object) value;
  }
}
