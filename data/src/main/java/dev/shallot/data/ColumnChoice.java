package dev.shallot.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which columns of a table are predicted, and which the features are made of.
 *
 * @param targets from 0
 * @param features from 0
 * @param weights the column of sample weights, if there is one
 */
record ColumnChoice(int[] targets, int[] features, OptionalInt weights) {

  static ColumnChoice of(Table table, DataPlan plan) {
    int[] targets = targets(table, plan.target());
    int[] excluded = select(table, plan.exclude());
    OptionalInt weights =
        plan.weights().isPresent()
            ? OptionalInt.of(SampleWeights.index(table, plan.weights().get()))
            : OptionalInt.empty();
    if (plan.classes() && targets.length > 1) {
      throw new DataException(
          "one target of classes can be predicted, but --target names %s: %s"
              .formatted(targets.length, CloseNames.list(names(table, targets))));
    }
    weights.ifPresent(
        w -> {
          if (contains(targets, w)) {
            throw new DataException(
                "column '" + table.names().get(w) + "' is a target and the weights as well");
          }
        });
    refuseTargets(table, targets, excluded, "excluded");
    int[] candidates;
    if (plan.features().isPresent()) {
      candidates = select(table, plan.features());
      refuseTargets(table, targets, candidates, "among the features");
      if (weights.isPresent() && contains(candidates, weights.getAsInt())) {
        throw new DataException(
            "column '%s' is the weights and among the features as well"
                .formatted(table.names().get(weights.getAsInt())));
      }
    } else {
      // What the file itself calls a target is no feature, whichever of them is predicted.
      candidates =
          IntStream.range(0, table.columns())
              .filter(j -> !contains(targets, j) && !table.declaredTargets().contains(j))
              .toArray();
    }
    int[] features =
        Arrays.stream(candidates)
            .filter(j -> !contains(excluded, j) && (weights.isEmpty() || j != weights.getAsInt()))
            .toArray();
    if (features.length == 0) {
      throw new DataException(
          "no feature is left: the table has "
              + table.columns()
              + " columns, "
              + targets.length
              + " of them targets and "
              + excluded.length
              + " excluded");
    }
    return new ColumnChoice(targets, features, weights);
  }

  private static int[] targets(Table table, Optional<String> target) {
    if (target.isPresent()) {
      return new ColumnSelection(target.get()).resolve(table);
    }
    if (table.declaredTargets().isEmpty()) {
      throw new DataException(
          "which column is to be predicted? Name it with --target; "
              + (table.named()
                  ? "the columns are " + CloseNames.list(table.names())
                  : "the file has no header, so name a position of 1 to " + table.columns()));
    }
    return table.declaredTargets().stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] select(Table table, Optional<String> columns) {
    return columns.map(text -> new ColumnSelection(text).resolve(table)).orElse(new int[0]);
  }

  private static void refuseTargets(Table table, int[] targets, int[] columns, String where) {
    for (int target : targets) {
      if (contains(columns, target)) {
        throw new DataException(
            "column '" + table.names().get(target) + "' is a target and " + where + " as well");
      }
    }
  }

  static boolean contains(int[] columns, int column) {
    return Arrays.stream(columns).anyMatch(j -> j == column);
  }

  /** Their names. */
  static List<String> names(Table table, int[] columns) {
    return Arrays.stream(columns).mapToObj(j -> table.column(j).name()).toList();
  }
}
