package dev.shallot.cli;

import dev.shallot.run.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicted classes, as CSV or JSON.
 *
 * @param model that predicted
 * @param rows shares of the classes, one array a row; empty where there is no prediction
 * @param probabilities whether the shares are told too
 */
record ClassTable(Model model, double[][] rows, boolean probabilities) {

  /** A line a row: the class, and its shares; an empty cell and NaN where there is none. */
  String csv() {
    String target = model.preprocessing().targetNames().getFirst();
    List<String> head = new ArrayList<>(List.of(PredictCommand.quoted(target)));
    if (probabilities) {
      model.classes().forEach(name -> head.add(PredictCommand.quoted(target + "=" + name)));
    }
    StringBuilder text = new StringBuilder(String.join(",", head)).append('\n');
    for (double[] row : rows) {
      // A blank line would be no row to most readers.
      text.append(row.length > 0 ? PredictCommand.quoted(label(row)) : "\"\"");
      for (int o = 0; probabilities && o < model.classes().size(); o++) {
        text.append(',').append(row.length > 0 ? Double.toString(row[o]) : "NaN");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String label(double[] row) {
    return model.labels(row).getFirst();
  }

  /** The same for JSON: no class is an empty text. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(
        "predictions", Arrays.stream(rows).map(row -> row.length > 0 ? label(row) : "").toList());
    if (probabilities) {
      map.put("classes", model.classes());
      map.put(
          "probabilities",
          Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList());
    }
    return map;
  }
}
