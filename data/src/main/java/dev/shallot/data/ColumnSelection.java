package dev.shallot.data;

/**
 * Columns by name, 1-based position or range of positions, separated by commas: {@code 1-5,age}.
 *
 * @param text as typed
 */
public record ColumnSelection(String text) {

  /** The selected columns, 0-based, in the order of the text, each once. */
  public int[] resolve(Table table) {
    return Pending.value();
  }
}
