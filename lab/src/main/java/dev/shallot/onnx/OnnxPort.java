package dev.shallot.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An input or an output of a graph; its shape is rows x columns, rows any number.
 *
 * @param name in the graph
 * @param type float32, float64, int64 or string
 * @param columns of the tables this port stands for, in order
 */
public record OnnxPort(String name, String type, List<String> columns) {
  public OnnxPort {
    columns = List.copyOf(columns);
  }

  /** As {@code --json} shows it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("type", type);
    map.put("columns", columns);
    return map;
  }
}
