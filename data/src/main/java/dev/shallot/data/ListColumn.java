package dev.shallot.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A column of lists in the training table, whose numbers were columns {@code name[0]}, {@code
 * name[1]} and so on.
 *
 * @param name without the brackets
 * @param numbers how many a list had, whether they became features or not
 */
public record ListColumn(String name, int numbers) {
  /** The lists that some inputs are numbers of. */
  static List<ListColumn> of(List<InputColumn> inputs, List<String> tableNames) {
    Set<String> names = new LinkedHashSet<>();
    for (InputColumn input : inputs) {
      int bracket = input.name().lastIndexOf('[');
      if (bracket >= 0 && input.name().endsWith("]")) {
        names.add(input.name().substring(0, bracket));
      }
    }
    List<ListColumn> lists = new ArrayList<>();
    for (String name : names) {
      int numbers = ColumnSelection.ofList(name, tableNames).size();
      if (numbers > 0) {
        lists.add(new ListColumn(name, numbers));
      }
    }
    return lists;
  }
}
