package dev.shallot.data;

import java.util.List;
import java.util.Objects;

/**
 * A column that is predicted.
 *
 * @param name in the training table
 * @param position in the training table, from 1
 * @param classes the texts of its classes, one output each; empty: the column is a number
 */
public record TargetColumn(String name, int position, List<String> classes) {
  public TargetColumn {
    // Models of before classes have none.
    classes = List.copyOf(Objects.requireNonNullElse(classes, List.of()));
  }

  /** A number. */
  public TargetColumn(String name, int position) {
    this(name, position, List.of());
  }

  /** How many outputs it takes. */
  public int outputs() {
    return Math.max(1, classes.size());
  }
}
