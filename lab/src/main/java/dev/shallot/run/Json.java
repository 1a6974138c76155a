package dev.shallot.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in and out as plain trees: {@code Map} in the order of the document, {@code List}, {@code
 * String}, numbers, booleans. The one place that knows the JSON library.
 */
public final class Json {
  private static final JsonMapper COMPACT =
      JsonMapper.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();
  private static final JsonMapper PRETTY =
      COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /**
   * Reads a document whose top level is an object.
   *
   * @param text the document
   * @param name what to call it in an error
   * @throws RunException if it is no JSON object, with line and column
   */
  public static Map<String, Object> readObject(String text, String name) {
    try {
      return COMPACT.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JacksonException e) {
      throw new RunException(
          "%s is not a JSON object: line %d, column %d: %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  /** The document of a tree on several lines; numbers that are not finite become null. */
  public static String write(Object tree) {
    return PRETTY.writeValueAsString(finite(tree));
  }

  /** The document of a tree on one line; numbers that are not finite become null. */
  public static String writeCompact(Object tree) {
    return COMPACT.writeValueAsString(finite(tree));
  }

  /** A record as a tree. */
  static Object toTree(Object value) {
    return COMPACT.convertValue(value, Object.class);
  }

  /** A tree as a record. */
  static <T> T fromTree(Object tree, Class<T> type) {
    return COMPACT.convertValue(tree, type);
  }

  /** JSON has no NaN and no infinity: such a number is written as null. */
  private static Object finite(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, value == null ? NULL : finite(value)));
      return copy;
    }
    if (tree instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(value -> copy.add(value == null ? NULL : finite(value)));
      return copy;
    }
    return tree instanceof Double number && !Double.isFinite(number) ? NULL : tree;
  }

  private static final Object NULL = tools.jackson.databind.node.NullNode.getInstance();
}
