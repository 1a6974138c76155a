package dev.shallot.data;

import java.util.Arrays;
import java.util.List;

/**
 * A column that features are made of.
 *
 * @param name in the training table
 * @param position in the training table, from 1
 * @param levels the texts that become one 0/1 feature each; empty: the column is a number
 * @param fill what a missing cell becomes, one number a feature; empty: missing cells are refused
 */
public record InputColumn(String name, int position, List<String> levels, double[] fill) {
  public InputColumn {
    levels = List.copyOf(levels);
  }

  /** Whether the column is a number. */
  public boolean numeric() {
    return levels.isEmpty();
  }

  /** How many features it gives. */
  public int width() {
    return numeric() ? 1 : levels.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputColumn that
        && name.equals(that.name)
        && position == that.position
        && levels.equals(that.levels)
        && Arrays.equals(fill, that.fill);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * name.hashCode() + position) + levels.hashCode())
        + Arrays.hashCode(fill);
  }
}
