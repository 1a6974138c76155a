package dev.shallot.reproduce;

import dev.shallot.run.RunException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object that is looked into by name; what is missing or of another kind is told with where.
 *
 * @param values of the object
 * @param origin what to call it in an error
 */
record Tree(Map<String, Object> values, String origin) {
  boolean has(String key) {
    return values.get(key) != null;
  }

  String text(String key) {
    return value(key).toString();
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  double number(String key) {
    if (value(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number");
  }

  int whole(String key, int otherwise) {
    return has(key) ? (int) number(key) : otherwise;
  }

  Tree object(String key) {
    if (value(key) instanceof Map<?, ?> map) {
      return new Tree(named(map), origin + ": " + key);
    }
    throw wrong(key, "an object");
  }

  /** An object, or an empty one. */
  Tree objectOrNone(String key) {
    return has(key) ? object(key) : new Tree(Map.of(), origin + ": " + key);
  }

  List<Tree> objects(String key) {
    List<Tree> objects = new ArrayList<>();
    for (Object item : list(key)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw wrong(key, "a list of objects");
      }
      objects.add(new Tree(named(map), origin + ": " + key));
    }
    return objects;
  }

  List<?> list(String key) {
    if (value(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list");
  }

  /** All values as text, as flags would be. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  private Object value(String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new RunException("%s has no \"%s\".".formatted(origin, key));
    }
    return value;
  }

  private RunException wrong(String key, String expected) {
    return new RunException(
        "%s: \"%s\" must be %s, but is %s.".formatted(origin, key, expected, values.get(key)));
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            named.put(String.valueOf(key), value);
          }
        });
    return named;
  }
}
