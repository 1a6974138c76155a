package dev.shallot.spark;

import dev.shallot.TrainingException;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A tree of records as a value that Java can serialise, so that plans travel as they are: no list
 * of their parts is kept here that could miss one. Leaves are texts, numbers, enums and arrays;
 * optionals and lists may stand between.
 */
final class RecordTree implements Serializable {

  /** A record, taken apart. */
  private record Parts(Class<?> type, Object[] components) implements Serializable {}

  /** An optional or a list, taken apart. */
  private record Some(Kind kind, Object[] elements) implements Serializable {}

  private enum Kind {
    OPTIONAL,
    INT,
    LONG,
    DOUBLE,
    LIST
  }

  private final Object form;

  private RecordTree(Object form) {
    this.form = form;
  }

  /** Takes a record apart. */
  static RecordTree of(Object record) {
    return new RecordTree(takeApart(record));
  }

  /** Puts it together again. */
  <T> T as(Class<T> type) {
    return type.cast(putTogether(form));
  }

  private static Object takeApart(Object value) {
    return switch (value) {
      case Optional<?> o ->
          new Some(Kind.OPTIONAL, o.map(RecordTree::takeApart).stream().toArray());
      case OptionalInt o -> new Some(Kind.INT, o.stream().boxed().toArray());
      case OptionalLong o -> new Some(Kind.LONG, o.stream().boxed().toArray());
      case OptionalDouble o -> new Some(Kind.DOUBLE, o.stream().boxed().toArray());
      case List<?> list -> new Some(Kind.LIST, list.stream().map(RecordTree::takeApart).toArray());
      case Record record -> new Parts(record.getClass(), components(record));
      case Serializable leaf -> leaf;
      default -> throw new TrainingException("cannot be sent: " + value.getClass().getName());
    };
  }

  private static Object[] components(Record record) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.add(takeApart(component.getAccessor().invoke(record)));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new TrainingException("cannot be sent: " + component, e);
      }
    }
    return values.toArray();
  }

  private static Object putTogether(Object form) {
    return switch (form) {
      case Some some -> together(some);
      case Parts parts -> together(parts);
      default -> form;
    };
  }

  private static Object together(Some some) {
    Object[] values = Arrays.stream(some.elements).map(RecordTree::putTogether).toArray();
    boolean none = values.length == 0;
    return switch (some.kind) {
      case OPTIONAL -> Arrays.stream(values).findFirst();
      case INT -> none ? OptionalInt.empty() : OptionalInt.of((int) values[0]);
      case LONG -> none ? OptionalLong.empty() : OptionalLong.of((long) values[0]);
      case DOUBLE -> none ? OptionalDouble.empty() : OptionalDouble.of((double) values[0]);
      case LIST -> List.of(values);
    };
  }

  private static Object together(Parts parts) {
    RecordComponent[] components = parts.type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(parts.components).map(RecordTree::putTogether).toArray();
    try {
      Constructor<?> constructor = parts.type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new TrainingException("cannot be received: " + parts.type.getName(), e);
    }
  }
}
