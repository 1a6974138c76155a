package dev.shallot.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns by name, 1-based position or range of positions, separated by commas: {@code 1-5,age}. A
 * name that a column has comes before its reading as a position or range. The name of a column of
 * lists stands for all their numbers, {@code name[0]}, {@code name[1]} and so on. A name that holds
 * a comma is put in double quotes; a selection that is a column's name as a whole needs none.
 *
 * @param text as typed
 */
public record ColumnSelection(String text) {
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})\\s*-\\s*([0-9]{1,9})");

  /**
   * The selected columns, from 0, in the order of the text, each once.
   *
   * @throws DataException for an unknown name (with close ones), a position or range outside the
   *     table, an empty selection
   */
  public int[] resolve(Table table) {
    List<String> names = table.names();
    if (names.contains(text.strip())) {
      return new int[] {names.indexOf(text.strip())};
    }
    Set<Integer> selected = new LinkedHashSet<>();
    for (Item item : items()) {
      selected.addAll(resolve(item, names));
    }
    return selected.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<Integer> resolve(Item item, List<String> names) {
    int exact = names.indexOf(item.text);
    if (exact >= 0) {
      return List.of(exact);
    }
    List<Integer> spaced = withBlanksAsOne(item.text, names);
    if (spaced.size() == 1) {
      return spaced;
    }
    List<Integer> list = ofList(item.text, names);
    if (!list.isEmpty()) {
      return list;
    }
    if (!item.quoted && POSITION.matcher(item.text).matches()) {
      return List.of(position(item.text, names.size()));
    }
    Matcher range = RANGE.matcher(item.text);
    if (!item.quoted && range.matches()) {
      int from = position(range.group(1), names.size());
      int to = position(range.group(2), names.size());
      if (from > to) {
        throw new DataException(
            "the columns " + item.text + " run backwards; write " + (to + 1) + "-" + (from + 1));
      }
      List<Integer> columns = new ArrayList<>();
      for (int column = from; column <= to; column++) {
        columns.add(column);
      }
      return columns;
    }
    throw new DataException(
        "there is no column '" + item.text + "'; " + CloseNames.hint(item.text, names));
  }

  /** Headers of spreadsheets hold doubled blanks that nobody sees. */
  private static List<Integer> withBlanksAsOne(String name, List<String> names) {
    String wanted = name.replaceAll("\\s+", " ");
    List<Integer> matches = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).replaceAll("\\s+", " ").equals(wanted)) {
        matches.add(i);
      }
    }
    return matches;
  }

  /** The columns {@code name[0]}, {@code name[1]}, ... that a column of lists became. */
  static List<Integer> ofList(String name, List<String> names) {
    List<Integer> columns = new ArrayList<>();
    int first = names.indexOf(name + "[0]");
    for (int k = 0; first >= 0 && first + k < names.size(); k++) {
      if (!names.get(first + k).equals(name + "[" + k + "]")) {
        break;
      }
      columns.add(first + k);
    }
    return columns;
  }

  private static int position(String digits, int columns) {
    int position = Integer.parseInt(digits);
    if (position < 1 || position > columns) {
      throw new DataException(
          "there is no column " + position + ": the table has the columns 1 to " + columns);
    }
    return position - 1;
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int end = endOfItem(at);
      items.add(item(text.substring(at, end).strip()));
      at = end + 1;
    }
    return items;
  }

  /** The comma that ends the item, or the end; commas inside quotes do not count. */
  private int endOfItem(int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"') {
        quoted = !quoted;
      } else if (character == ',' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private Item item(String raw) {
    if (raw.isEmpty()) {
      throw new DataException(
          "the columns '"
              + text
              + "' hold an empty name; write names, positions and ranges such as 1-5,age");
    }
    boolean quoted = raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"");
    return quoted
        ? new Item(raw.substring(1, raw.length() - 1).replace("\"\"", "\"").strip(), true)
        : new Item(raw, false);
  }

  private record Item(String text, boolean quoted) {}
}
