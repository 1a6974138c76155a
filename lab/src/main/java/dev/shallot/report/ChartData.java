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
 * as far as {@link RunSeries#detailed} goes and then groups of rounds with their smallest, mean and
 * largest subnet error. The curves over rounds have every observed round, or of each group of them
 * the first, the one with the smallest and the one with the largest error: true rounds, no
 * averages.
 */
final class ChartData {
  /** Micro-steps that are drawn one by one. */
  static final int DETAIL_STEPS = 20_000;

  private static final int GROUPS = 2_000;
  private static final int ROWS = 9_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final RunSeries series;
  private final RunFacts facts;
  private final int[] rows;

  ChartData(RunSeries series, RunFacts facts) {
    this.series = series;
    this.facts = facts;
    this.rows = rowsDrawn(series.rounds().after(), ROWS);
  }

  /** Sentences for the captions, empty when everything is drawn. */
  List<String> thinning() {
    List<String> told = new ArrayList<>();
    int rounds = series.rounds().count();
    if (series.hasSteps() && series.detailed() < rounds) {
      told.add(
          "The first %s are drawn step by step. Behind them stand groups of up to %s with the smallest, mean and largest error of their subnets."
              .formatted(
                  Summary.plural(series.detailed(), "round"),
                  Summary.plural(groupSize(rounds - series.detailed()), "round")));
    }
    if (rows.length < rounds) {
      told.add(
          "Of %s observed rounds %s are drawn in the curves over rounds: of each group of neighbours the first, the one with the smallest error and the one with the largest."
              .formatted(Figures.count(rounds), Figures.count(rows.length)));
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
      double sum = 0.0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int j = from; j < to; j++) {
        sum += all.middle()[j];
        min = Double.isNaN(all.low()[j]) ? min : Math.min(min, all.low()[j]);
        max = Double.isNaN(all.high()[j]) ? max : Math.max(max, all.high()[j]);
      }
      number(group, "mean", sum / (to - from));
      number(group, "min", min);
      number(group, "max", max);
      number(group, "after", all.after()[to - 1]);
    }
  }

  private void rounds(ObjectNode into) {
    RunSeries.Rounds all = series.rounds();
    picked(into.putArray("round"), all.round());
    picked(into.putArray("error"), all.after());
    if (series.hasSteps()) {
      picked(into.putArray("sampled"), all.sampled());
      picked(into.putArray("trained"), all.trained());
    }
    picked(into.putArray("displacement"), all.displacement());
    picked(into.putArray("flips"), all.flips());
    picked(into.putArray("uncovered"), all.uncovered());
    picked(into.putArray("dead"), all.dead());
    picked(into.putArray("bytes"), all.bytes());
  }

  private static int groupSize(int rounds) {
    return Math.max(1, (rounds + GROUPS - 1) / GROUPS);
  }

  /** Which rounds to draw, ascending, about {@code most} of them at most. */
  static int[] rowsDrawn(double[] errors, int most) {
    int count = errors.length;
    int size = count <= most ? 1 : (3 * count + most - 1) / most;
    boolean[] drawn = new boolean[count];
    for (int from = 0; from < count; from += size) {
      int low = from;
      int high = from;
      for (int j = from; j < Math.min(from + size, count); j++) {
        low = errors[j] < errors[low] ? j : low;
        high = errors[j] > errors[high] ? j : high;
      }
      drawn[from] = true;
      drawn[low] = true;
      drawn[high] = true;
    }
    if (count > 0) {
      drawn[count - 1] = true;
    }
    return java.util.stream.IntStream.range(0, count).filter(j -> drawn[j]).toArray();
  }

  private void picked(ArrayNode array, double[] values) {
    for (int row : rows) {
      add(array, values[row]);
    }
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
