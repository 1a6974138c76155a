package dev.shallot.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table that is filled before it is known which columns it has. Rows keep their order. */
final class StoreTable {
  /** What a column holds. */
  enum Type {
    BIGINT,
    DOUBLE,
    VARCHAR
  }

  /**
   * A column.
   *
   * @param type of its values
   * @param meaning one line for people
   */
  record Column(Type type, String meaning) {}

  private final String name;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();

  StoreTable(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  Map<String, Column> columns() {
    return columns;
  }

  List<Map<String, Object>> rows() {
    return rows;
  }

  /** A column; where it is there already with another type, the wider one holds both. */
  void column(String column, Type type, String meaning) {
    columns.merge(
        column,
        new Column(type, meaning),
        (before, more) ->
            new Column(
                before.type().compareTo(more.type()) >= 0 ? before.type() : more.type(),
                before.meaning()));
  }

  void row(Map<String, Object> values) {
    rows.add(values);
  }

  /** The value as its column holds it. */
  static Optional<Object> convert(Object value, Type type) {
    return switch (type) {
      case VARCHAR -> Optional.of(String.valueOf(value));
      case BIGINT -> number(value).map(number -> (Object) number.longValue());
      case DOUBLE ->
          number(value)
              .map(Number::doubleValue)
              .filter(Double::isFinite)
              .map(number -> (Object) number);
    };
  }

  private static Optional<Number> number(Object value) {
    if (value instanceof Number number) {
      return Optional.of(number);
    }
    try {
      return Optional.of(new java.math.BigDecimal(String.valueOf(value)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The narrowest type that holds texts. */
  static Type typeOf(Iterable<String> texts) {
    Type type = Type.BIGINT;
    for (String text : texts) {
      if (number(text).isEmpty()) {
        return Type.VARCHAR;
      }
      if (!text.matches("[+-]?\\d{1,18}")) {
        type = Type.DOUBLE;
      }
    }
    return type;
  }
}
