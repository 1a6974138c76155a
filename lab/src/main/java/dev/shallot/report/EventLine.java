package dev.shallot.report;

import dev.shallot.run.RunException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of {@code events.jsonl}: an object of numbers, one text ({@code type}) and arrays of
 * numbers; why nothing could be measured is not looked at. A number that the log could not write
 * (null, or the texts NaN and Infinity) is NaN or infinite here.
 *
 * @param type what happened
 * @param numbers all numbers by name
 * @param arrays all arrays by name
 */
record EventLine(String type, Map<String, Double> numbers, Map<String, double[]> arrays) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a line.
   *
   * @param bytes hold the line
   * @param from its first byte
   * @param length how many bytes it has
   * @throws RunException if it is not such an object; the message says what is wrong, not where
   */
  static EventLine parse(byte[] bytes, int from, int length) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RunException("a JSON object was expected");
      }
      String type = "";
      Map<String, Double> numbers = new HashMap<>();
      Map<String, double[]> arrays = new HashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("type")) {
          type = parser.getString();
        } else if (value == JsonToken.START_ARRAY) {
          arrays.put(name, array(parser, name));
        } else if (!name.equals("why")) {
          numbers.put(name, number(parser, name));
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new RunException("a JSON object and nothing after it was expected");
      }
      return new EventLine(type, numbers, arrays);
    } catch (JacksonException e) {
      throw new RunException(
          "no whole JSON object (" + firstLine(String.valueOf(e.getOriginalMessage())) + ")", e);
    }
  }

  private static double[] array(JsonParser parser, String name) {
    Numbers values = new Numbers();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(number(parser, name));
    }
    return values.toArray();
  }

  private static double number(JsonParser parser, String name) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getDoubleValue();
    }
    if (token == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    String text = token == JsonToken.VALUE_STRING ? parser.getString() : "";
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new RunException("\"" + name + "\" must be a number");
    };
  }

  /** The array {@code errors}, empty if there is none. */
  double[] errors() {
    return array("errors");
  }

  /** An array, empty if there is none. */
  double[] array(String name) {
    return arrays.getOrDefault(name, new double[0]);
  }

  /** A number that must be there and finite and whole. */
  long whole(String name) {
    double value = numbers.getOrDefault(name, Double.NaN);
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new RunException("\"" + name + "\" must be there and be a whole number");
    }
    return (long) value;
  }

  /** A number, NaN if it is not there. */
  double number(String name) {
    return numbers.getOrDefault(name, Double.NaN);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
