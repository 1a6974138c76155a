package dev.shallot.sweep;

import dev.shallot.run.PlanKey;
import dev.shallot.run.RunException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Axes as people write them on a command line.
 *
 * <pre>
 * keep=0.2,0.5,1               values
 * keep=0.1,0.2,..,1            the two before the dots give the step
 * subnets=1:10  keep=0.1:1:0.1 from, to (included) and step, 1 unless given
 * keep+step-size=0.8+0.16,0.5+0.1   two keys that move together
 * method=full,dropout,ist      presets
 * </pre>
 *
 * Numbers are counted up in decimals, so 0.1:1:0.1 has 0.3 and no 0.30000000000000004. {@code rows}
 * takes FROM:TO as a value of its own, so it has no ranges.
 */
public final class GridText {
  private static final String DOTS = "..";
  private static final int MOST_VALUES = 100_000;

  private GridText() {}

  /** The axis of {@code name=values}. */
  public static Axis axis(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new RunException(
          "expected an axis like keep=0.2,0.5,1 or subnets=1:10, but found \"%s\"."
              .formatted(text));
    }
    return axis(text.substring(0, equals).strip(), text.substring(equals + 1));
  }

  /** The axis of a name and its values. */
  static Axis axis(String name, String values) {
    List<String> all = values(name, values);
    String[] keys = name.split("\\+", -1);
    if (keys.length == 1) {
      checkKey(name);
      return Axis.of(name, all);
    }
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    for (String value : all) {
      String[] parts = value.split("\\+", -1);
      if (parts.length != keys.length) {
        throw new RunException(
            "the axis %s sets %d keys together, so each value has %d parts with + between, but \"%s\" has %d."
                .formatted(name, keys.length, keys.length, value, parts.length));
      }
      Map<String, String> set = new LinkedHashMap<>();
      for (int i = 0; i < keys.length; i++) {
        checkKey(keys[i]);
        set.put(keys[i], parts[i]);
      }
      if (settings.put(value, set) != null) {
        throw new RunException("the axis %s has the value %s twice.".formatted(name, value));
      }
    }
    return Axis.named(name, settings);
  }

  private static void checkKey(String key) {
    if (!key.equals(Axis.METHOD) && PlanKey.of(key).isEmpty()) {
      throw new RunException(
          "\"%s\" is no plan key that a grid could run over. The keys are: method, %s."
              .formatted(key, String.join(", ", PlanKey.names())));
    }
  }

  /** The values of one axis, ranges and dots written out. */
  static List<String> values(String name, String text) {
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.isEmpty()) {
        throw new RunException("the axis %s has an empty value in \"%s\".".formatted(name, text));
      }
      if (part.equals(DOTS)) {
        dots(name, text, parts, i, values);
      } else if (part.indexOf(':') > 0 && !name.equals(PlanKey.ROWS.key())) {
        values.addAll(range(name, part));
      } else {
        values.add(part);
      }
    }
    return values;
  }

  private static void dots(
      String name, String text, List<String> parts, int at, List<String> values) {
    if (at < 2 || at != parts.size() - 2) {
      throw new RunException(
          "the axis %s: dots stand between two numbers that give the step and the last one, as in 0.1,0.2,..,1, but found \"%s\"."
              .formatted(name, text));
    }
    BigDecimal first = number(name, parts.get(at - 2));
    BigDecimal second = number(name, parts.get(at - 1));
    BigDecimal last = number(name, parts.get(at + 1));
    List<String> all = progression(name, second, last, second.subtract(first));
    if (number(name, all.getLast()).compareTo(last) != 0) {
      throw new RunException(
          "the axis %s: steps of %s from %s do not meet %s."
              .formatted(name, plain(second.subtract(first)), plain(second), plain(last)));
    }
    // The second and the last are written in the text.
    values.addAll(all.subList(1, all.size() - 1));
  }

  private static List<String> range(String name, String text) {
    String[] ends = text.split(":", -1);
    if (ends.length > 3) {
      throw new RunException(
          "the axis %s: a range is FROM:TO or FROM:TO:STEP, but found \"%s\"."
              .formatted(name, text));
    }
    BigDecimal step = ends.length == 3 ? number(name, ends[2]) : BigDecimal.ONE;
    return progression(name, number(name, ends[0]), number(name, ends[1]), step);
  }

  private static List<String> progression(
      String name, BigDecimal from, BigDecimal to, BigDecimal step) {
    int direction = to.compareTo(from);
    if (step.signum() == 0 || (direction != 0 && step.signum() != direction)) {
      throw new RunException(
          "the axis %s: steps of %s do not lead from %s to %s."
              .formatted(name, plain(step), plain(from), plain(to)));
    }
    if (to.subtract(from).divideToIntegralValue(step).compareTo(new BigDecimal(MOST_VALUES)) > 0) {
      throw new RunException("the axis %s has more than %,d values.".formatted(name, MOST_VALUES));
    }
    List<String> values = new ArrayList<>();
    for (BigDecimal value = from;
        value.compareTo(to) * step.signum() <= 0;
        value = value.add(step)) {
      values.add(plain(value));
    }
    return values;
  }

  private static BigDecimal number(String name, String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new RunException(
          "the axis %s: expected a number in a range, but found \"%s\".".formatted(name, text), e);
    }
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() > 20 || stripped.scale() < -20
        ? stripped.toString()
        : stripped.toPlainString();
  }
}
