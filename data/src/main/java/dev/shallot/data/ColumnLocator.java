package dev.shallot.data;

import java.util.List;
import java.util.OptionalInt;

/**
 * Finds a training table's columns in another table: by name when both have a header, by position
 * when one of them has none.
 */
final class ColumnLocator {
  private final Preprocessing preprocessing;
  private final Table table;
  private final boolean byName;

  ColumnLocator(Preprocessing preprocessing, Table table) {
    this.preprocessing = preprocessing;
    this.table = table;
    this.byName = preprocessing.named() && table.named();
    if (!byName) {
      checkPositions();
    }
  }

  /**
   * Positions mean the same only when the tables are alike: equally many columns, or none missing
   * but the targets, and those last.
   */
  private void checkPositions() {
    int columns = preprocessing.tableColumns();
    int lastInput = preprocessing.inputs().stream().mapToInt(InputColumn::position).max().orElse(0);
    boolean targetsLast =
        preprocessing.targets().stream().allMatch(target -> target.position() > lastInput);
    boolean withoutTargets =
        table.columns() == columns - preprocessing.targets().size() && targetsLast;
    if (table.columns() != columns && !withoutTargets) {
      throw new DataException(
          "%s has %s columns, but the model was trained on a table of %s; without names in both, columns are found by position, so the tables must be alike"
              .formatted(table.source(), table.columns(), columns));
    }
  }

  /** The column (from 0) of each input. */
  int[] inputs() {
    if (byName) {
      checkLists();
    }
    return preprocessing.inputs().stream()
        .mapToInt(input -> find(input.name(), input.position(), "feature"))
        .toArray();
  }

  /**
   * Lists that became features must be as long as those of training: of longer ones the beginning
   * would be taken without a word.
   */
  private void checkLists() {
    for (ListColumn list : preprocessing.lists()) {
      int found = ColumnSelection.ofList(list.name(), table.names()).size();
      if (found > 0 && found != list.numbers()) {
        throw new DataException(
            "%s, column '%s': its lists have %s numbers, those of the model's training had %s"
                .formatted(table.source(), list.name(), found, list.numbers()));
      }
    }
  }

  /**
   * The column (from 0) of the sample weights, if it is there; by position in alike tables only.
   */
  OptionalInt weights() {
    for (WeightColumn weight : preprocessing.weights()) {
      int column =
          byName
              ? table.names().indexOf(weight.name())
              : table.columns() == preprocessing.tableColumns() ? weight.position() - 1 : -1;
      if (column >= 0) {
        return OptionalInt.of(column);
      }
    }
    return OptionalInt.empty();
  }

  /** The column (from 0) of each target. */
  int[] targets() {
    return preprocessing.targets().stream()
        .mapToInt(target -> find(target.name(), target.position(), "target"))
        .toArray();
  }

  /** Whether all targets are there. */
  boolean hasTargets() {
    List<String> names = table.names();
    return preprocessing.targets().stream()
        .allMatch(
            target ->
                byName ? names.contains(target.name()) : target.position() <= table.columns());
  }

  private int find(String name, int position, String what) {
    List<String> names = table.names();
    int column = byName ? names.indexOf(name) : position - 1;
    if (column < 0 || column >= table.columns()) {
      throw new DataException(
          "%s has no column %s, a %s of the model; %s"
              .formatted(
                  table.source(),
                  byName ? "'" + name + "'" : String.valueOf(position),
                  what,
                  byName
                      ? CloseNames.hint(name, names)
                      : "it has " + table.columns() + " columns"));
    }
    return column;
  }
}
