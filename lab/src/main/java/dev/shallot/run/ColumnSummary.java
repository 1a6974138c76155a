package dev.shallot.run;

import dev.shallot.data.Column;
import dev.shallot.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a column of a table.
 *
 * @param position from 1
 * @param name of the column
 * @param kind number, text or unusable
 * @param missing cells without a value
 * @param distinct different values
 * @param min smallest number; NaN for text
 * @param mean of the numbers; NaN for text
 * @param max largest number; NaN for text
 * @param deviation sample standard deviation (divided by count - 1); NaN for text or one number
 * @param levels the most frequent texts, at most five
 */
public record ColumnSummary(
    int position,
    String name,
    String kind,
    int missing,
    int distinct,
    double min,
    double mean,
    double max,
    double deviation,
    List<String> levels) {
  private static final int LEVELS = 5;

  /** All columns of a table. */
  public static List<ColumnSummary> of(Table table) {
    List<ColumnSummary> summaries = new ArrayList<>();
    for (int j = 0; j < table.columns(); j++) {
      summaries.add(of(j + 1, table.column(j)));
    }
    return summaries;
  }

  private static ColumnSummary of(int position, Column column) {
    return switch (column) {
      case Column.Numbers numbers -> ofNumbers(position, numbers);
      case Column.Texts texts -> ofTexts(position, texts);
      case Column.Unusable unusable ->
          new ColumnSummary(
              position,
              unusable.name(),
              "unusable",
              unusable.missing(),
              0,
              Double.NaN,
              Double.NaN,
              Double.NaN,
              Double.NaN,
              List.of(unusable.reason()));
    };
  }

  private static ColumnSummary ofNumbers(int position, Column.Numbers column) {
    double[] present = Arrays.stream(column.values()).filter(v -> !Double.isNaN(v)).toArray();
    Arrays.sort(present);
    int count = present.length;
    int distinct = 0;
    double mean = 0.0;
    for (int i = 0; i < count; i++) {
      distinct += i == 0 || present[i] != present[i - 1] ? 1 : 0;
      mean += present[i] / count;
    }
    double squares = 0.0;
    for (double value : present) {
      squares += (value - mean) * (value - mean);
    }
    return new ColumnSummary(
        position,
        column.name(),
        "number",
        column.rows() - count,
        distinct,
        count == 0 ? Double.NaN : present[0],
        count == 0 ? Double.NaN : mean,
        count == 0 ? Double.NaN : present[count - 1],
        count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1)),
        List.of());
  }

  private static ColumnSummary ofTexts(int position, Column.Texts column) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < column.rows(); i++) {
      if (!column.isMissing(i)) {
        counts.merge(column.cells()[i], 1, Integer::sum);
      }
    }
    List<String> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(LEVELS)
            .map(Map.Entry::getKey)
            .toList();
    return new ColumnSummary(
        position,
        column.name(),
        "text",
        column.missing(),
        counts.size(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        frequent);
  }

  /** A tree; numbers that are not defined are absent. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("position", position);
    map.put("name", name);
    map.put("kind", kind);
    map.put("missing", missing);
    map.put("distinct", distinct);
    put(map, "min", min);
    put(map, "mean", mean);
    put(map, "max", max);
    put(map, "sd", deviation);
    if (!levels.isEmpty()) {
      map.put("levels", levels);
    }
    return map;
  }

  private static void put(Map<String, Object> map, String name, double value) {
    if (!Double.isNaN(value)) {
      map.put(name, value);
    }
  }
}
