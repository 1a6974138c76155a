package dev.shallot.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * What values a plan key takes: how to read one from a flag's text or from JSON, and how to say
 * what was expected. Read values are {@code Long}, {@code Double}, {@code String} or a list of
 * strings.
 *
 * @param expected what to write, in words
 * @param reader the value, or nothing if it does not fit
 */
record PlanValue(String expected, Function<Object, Optional<Object>> reader) {

  Optional<Object> read(Object raw) {
    return reader.apply(raw);
  }

  /** A whole number of a range, bounds included. */
  static PlanValue whole(long least, long most) {
    String range =
        most == Integer.MAX_VALUE || most == Long.MAX_VALUE
            ? "of at least " + least
            : "from " + least + " to " + most;
    return new PlanValue(
        "a whole number " + range,
        raw ->
            decimal(raw)
                .flatMap(PlanValue::exactLong)
                .filter(n -> n >= least && n <= most)
                .map(n -> (Object) n));
  }

  /** A finite number that a test accepts. */
  static PlanValue real(String expected, DoublePredicate test) {
    return new PlanValue(
        expected,
        raw ->
            decimal(raw)
                .map(BigDecimal::doubleValue)
                .filter(x -> Double.isFinite(x) && test.test(x))
                .map(x -> (Object) x));
  }

  /** One of some words. JSON's true and false stand for on and off. */
  static PlanValue choice(String... words) {
    List<String> choices = Arrays.asList(words);
    return new PlanValue(
        "one of " + String.join(", ", choices),
        raw -> {
          String word =
              raw instanceof Boolean flag
                  ? (flag ? "on" : "off")
                  : raw.toString().strip().toLowerCase(Locale.ROOT);
          return choices.contains(word) ? Optional.of(word) : Optional.empty();
        });
  }

  /**
   * Some of some words, with commas between or as a JSON list, in the words' order; or none; or
   * all.
   */
  static PlanValue some(String... words) {
    List<String> choices = Arrays.asList(words);
    return new PlanValue(
        "some of " + String.join(", ", choices) + " with commas between, or all, or none",
        raw -> {
          List<String> given =
              raw instanceof List<?> list
                  ? list.stream().map(String::valueOf).toList()
                  : Arrays.asList(raw.toString().split(",", -1));
          List<String> found =
              given.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
          if (found.equals(List.of("none")) || found.equals(List.of("all"))) {
            return Optional.of(found.equals(List.of("none")) ? "none" : String.join(",", choices));
          }
          return choices.containsAll(found)
              ? Optional.of(String.join(",", choices.stream().filter(found::contains).toList()))
              : Optional.empty();
        });
  }

  /** Text that is not empty; a number stands for its text. */
  static PlanValue text(String expected) {
    return new PlanValue(
        expected,
        raw ->
            (raw instanceof String || raw instanceof Number) && !raw.toString().isEmpty()
                ? Optional.of(raw.toString())
                : Optional.empty());
  }

  /** Texts: a JSON list, or one text with commas between. */
  static PlanValue texts(String expected) {
    return new PlanValue(
        expected,
        raw -> {
          if (raw instanceof List<?> list) {
            List<Object> texts = new ArrayList<>(list);
            return texts.stream().allMatch(t -> t instanceof String)
                ? Optional.of(texts)
                : Optional.empty();
          }
          return raw instanceof String || raw instanceof Number
              ? Optional.of(Arrays.asList(raw.toString().split(",", -1)))
              : Optional.empty();
        });
  }

  /** This, or a word. */
  PlanValue or(String word) {
    return new PlanValue(
        expected + ", or " + word,
        raw ->
            raw instanceof String text && text.strip().equalsIgnoreCase(word)
                ? Optional.of(word)
                : reader.apply(raw));
  }

  /** This, or the name of a file with one of some endings. */
  PlanValue orFile(String... endings) {
    List<String> known = Arrays.asList(endings);
    return new PlanValue(
        expected + ", or the name of a " + String.join(" or ", known) + " file",
        raw ->
            raw instanceof String text
                    && known.stream().anyMatch(text.toLowerCase(Locale.ROOT)::endsWith)
                ? Optional.of(text)
                : reader.apply(raw));
  }

  private static Optional<BigDecimal> decimal(Object raw) {
    if (!(raw instanceof Number) && !(raw instanceof String)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(raw.toString().strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> exactLong(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A value as people write it. */
  static String show(Object value) {
    if (value instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString(number.longValue())
          : number.toString();
    }
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : value.toString();
  }
}
