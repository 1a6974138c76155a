package dev.shallot.onnx;

import java.util.List;
import java.util.Map;

/**
 * An ONNX graph that is being put together: values are known by name, each node makes one. Field
 * numbers are those of onnx.proto (github.com/onnx/onnx, IR version 7).
 */
final class Graph {
  /** Types of ONNX tensors, by their numbers in the file. */
  enum Type {
    FLOAT32(1, "float32"),
    INT64(7, "int64"),
    STRING(8, "string"),
    FLOAT64(11, "float64");

    private final int number;
    private final String word;

    Type(int number, String word) {
      this.number = number;
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** The default operators; 13 (ONNX 1.8, 2020) has all that is needed. */
  private static final int OPERATORS = 13;

  /** The operators of the domain ai.onnx.ml: one-hot encoding. */
  private static final int LEARNING_OPERATORS = 2;

  private static final int IR_VERSION = 7;
  private static final String LEARNING = "ai.onnx.ml";

  private final Message graph = new Message();
  private int values;
  private boolean learning;

  /** An input of the graph, rows x columns, any number of rows. */
  String input(String name, Type type, int columns, String description) {
    graph.message(11, value(name, type, columns, description));
    return name;
  }

  /** An output of the graph, rows x columns. */
  void output(String name, Type type, int columns, String description) {
    graph.message(12, value(name, type, columns, description));
  }

  private static Message value(String name, Type type, int columns, String description) {
    Message shape =
        new Message()
            .message(1, new Message().text(2, "rows"))
            .message(1, new Message().number(1, columns));
    Message tensor = new Message().number(1, type.number).message(2, shape);
    return new Message()
        .text(1, name)
        .message(2, new Message().message(1, tensor))
        .text(3, description);
  }

  /**
   * Constant numbers.
   *
   * @param shape length of each axis; none for a single number
   */
  String constant(Type type, double[] numbers, long... shape) {
    String name = fresh("constant");
    Message tensor = new Message();
    for (long length : shape) {
      tensor.number(1, length);
    }
    tensor.number(2, type.number);
    if (type == Type.INT64) {
      for (double number : numbers) {
        tensor.number(7, (long) number);
      }
    } else {
      tensor.numbers(9, numbers, type == Type.FLOAT32);
    }
    graph.message(5, tensor.text(8, name));
    return name;
  }

  /** Constant texts. */
  String texts(List<String> texts) {
    String name = fresh("constant");
    Message tensor = new Message().number(1, texts.size()).number(2, Type.STRING.number);
    texts.forEach(text -> tensor.text(6, text));
    graph.message(5, tensor.text(8, name));
    return name;
  }

  /** A node of the default operators, without attributes. */
  String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /**
   * A node.
   *
   * @param attributes by name: a {@code Long}, or a list of texts
   * @return the name of what it makes
   */
  String node(String operator, Map<String, ?> attributes, String... inputs) {
    String name = fresh(operator);
    graph.message(1, node("", operator, attributes, name, inputs));
    return name;
  }

  /** As {@link #node(String, Map, String...)}, of the domain ai.onnx.ml. */
  String learningNode(String operator, Map<String, ?> attributes, String... inputs) {
    String name = fresh(operator);
    learning = true;
    graph.message(1, node(LEARNING, operator, attributes, name, inputs));
    return name;
  }

  /** Gives a value the name of an output. */
  void name(String value, String name) {
    graph.message(1, node("", "Identity", Map.of(), name, value));
  }

  private static Message node(
      String domain, String operator, Map<String, ?> attributes, String name, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, name).text(3, "make_" + name).text(4, operator);
    new java.util.TreeMap<>(attributes).forEach((key, value) -> node.message(5, field(key, value)));
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  private static Message field(String key, Object value) {
    Message field = new Message().text(1, key);
    if (value instanceof List<?> texts) {
      texts.forEach(text -> field.text(9, String.valueOf(text)));
      return field.number(20, 8);
    }
    return field.number(3, (Long) value).number(20, 2);
  }

  private String fresh(String word) {
    return "shallot/" + word.toLowerCase(java.util.Locale.ROOT) + "_" + values++;
  }

  /** The type's number, for a cast. */
  static Map<String, Long> to(Type type) {
    return Map.of("to", (long) type.number);
  }

  /** The whole model. */
  Message model(String version, String description, Map<String, String> metadata) {
    graph.text(2, "shallot");
    Message model =
        new Message()
            .number(1, IR_VERSION)
            .text(2, "shallot")
            .text(3, version)
            .text(6, description)
            .message(7, graph)
            .message(8, new Message().text(1, "").number(2, OPERATORS));
    if (learning) {
      model.message(8, new Message().text(1, LEARNING).number(2, LEARNING_OPERATORS));
    }
    metadata.forEach((key, value) -> model.message(14, new Message().text(1, key).text(2, value)));
    return model;
  }
}
