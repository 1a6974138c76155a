package dev.shallot.query;

import dev.shallot.run.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a query.
 *
 * @param names of the columns
 * @param numeric whether a column holds numbers
 * @param rows values; nothing is SQL's null
 */
public record QueryResult(
    List<String> names, List<Boolean> numeric, List<List<Optional<Object>>> rows) {

  /** Comma-separated lines with a header; null is empty, numbers read back to the same bits. */
  public String csv() {
    StringBuilder text = new StringBuilder();
    line(text, names);
    for (List<Optional<Object>> row : rows) {
      line(text, row.stream().map(value -> value.map(String::valueOf).orElse("")).toList());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    for (int j = 0; j < cells.size(); j++) {
      String cell = cells.get(j);
      boolean quote = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      text.append(j > 0 ? "," : "");
      text.append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    text.append('\n');
  }

  /** A JSON list with an object a row. */
  public String json() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (List<Optional<Object>> row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int j = 0; j < names.size(); j++) {
        Object value = row.get(j).orElse(Double.NaN);
        object.put(
            names.get(j),
            value instanceof Number || value instanceof Boolean ? value : value.toString());
      }
      list.add(object);
    }
    return Json.write(list) + "\n";
  }
}
