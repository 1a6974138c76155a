package dev.shallot.report;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
  private static final JsonMapper JSON = new JsonMapper();

  private final RunSeries series;
  private final RunFacts facts;
  private final int groupSize;

  ChartData(RunSeries series, RunFacts facts) {
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
    ObjectNode root = JSON.createObjectNode();
    ObjectNode of = root.putObject("facts");
    number(of, "width", facts.width());
    number(of, "samples", facts.samples());
    number(of, "plannedRounds", facts.plannedRounds());
    number(of, "targetNorm", facts.targetNorm());
    number(of, "expectedUncovered", facts.expectedUncovered());
    number(of, "uncoveredDeviation", facts.uncoveredDeviation());
    of.put("mask", facts.mask());
    ObjectNode initial = root.putObject("initial");
    number(initial, "error", series.initialError());
    number(initial, "dead", series.initialDead());
    if (series.hasSteps()) {
      trace(root.putObject("trace"));
    }
    rounds(root.putObject("rounds"));
    return JSON.writeValueAsString(root);
  }

  private void trace(ObjectNode trace) {
    RunSeries.Rounds all = series.rounds();
    int detailed = series.detailed();
    trace.put("localSteps", series.localSteps());
    trace.put("subnets", series.subnets());
    numbers(trace.putArray("round"), all.round(), detailed);
    numbers(trace.putArray("before"), all.before(), detailed);
    numbers(trace.putArray("after"), all.after(), detailed);
    int steps = series.steps().mean().length;
    numbers(trace.putArray("mean"), series.steps().mean(), steps);
    numbers(trace.putArray("min"), series.steps().min(), steps);
    numbers(trace.putArray("max"), series.steps().max(), steps);
    numbers(trace.putArray("deviation"), series.steps().deviation(), steps);
    ArrayNode groups = trace.putArray("groups");
    int size = groupSize(all.count() - detailed);
    for (int from = detailed; from < all.count(); from += size) {
      int to = Math.min(from + size, all.count());
      ObjectNode group = groups.addObject();
      group.put("from", from).put("to", to - 1);
      number(group, "firstRound", all.round()[from]);
      number(group, "lastRound", all.round()[to - 1]);
      number(group, "sampled", Spread.of(all.sampled(), from, 1, to - from).mean());
      number(group, "trained", Spread.of(all.trained(), from, 1, to - from).mean());
      number(group, "after", Spread.of(all.after(), from, 1, to - from).mean());
      number(group, "min", Spread.of(all.low(), from, 1, to - from).min());
      number(group, "max", Spread.of(all.high(), from, 1, to - from).max());
    }
  }

  private void rounds(ObjectNode into) {
    RunSeries.Rounds all = series.rounds();
    ArrayNode from = into.putArray("round");
    ArrayNode to = into.putArray("last");
    for (int j = 0; j < all.count(); j += groupSize) {
      add(from, all.round()[j]);
      add(to, all.round()[Math.min(j + groupSize, all.count()) - 1]);
    }
    column(into, "error", all.after());
    if (series.hasSteps()) {
      column(into, "sampled", all.sampled());
      column(into, "trained", all.trained());
    }
    column(into, "displacement", all.displacement());
    column(into, "flips", all.flips());
    column(into, "uncovered", all.uncovered());
    column(into, "dead", all.dead());
    column(into, "bytes", all.bytes());
  }

  /** The means of the groups, and where groups have more than one round their ends too. */
  private void column(ObjectNode into, String name, double[] values) {
    ObjectNode column = into.putObject(name);
    ArrayNode mean = column.putArray("mean");
    ArrayNode min = column.putArray("min");
    ArrayNode max = column.putArray("max");
    for (int from = 0; from < values.length; from += groupSize) {
      Spread spread = Spread.of(values, from, 1, Math.min(groupSize, values.length - from));
      add(mean, spread.mean());
      if (groupSize > 1) {
        add(min, spread.min());
        add(max, spread.max());
      }
    }
  }

  private static int groupSize(int rounds) {
    return Math.max(1, (rounds + GROUPS - 1) / GROUPS);
  }

  private static void numbers(ArrayNode array, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      add(array, values[i]);
    }
  }

  private static void add(ArrayNode array, double value) {
    if (!Double.isFinite(value)) {
      array.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      array.add((long) value);
    } else {
      array.add(value);
    }
  }

  private static void number(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }
}
