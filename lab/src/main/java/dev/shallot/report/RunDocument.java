package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.run.RunException;
import dev.shallot.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code run.json}, looked up by name. What is not there is empty: a report is made of what a run
 * has, and a run that was killed has little outcome.
 */
final class RunDocument {
  private final Map<String, Object> root;

  private RunDocument(Map<String, Object> root) {
    this.root = root;
  }

  /**
   * Reads the document of a run folder.
   *
   * @throws RunException if it is missing, damaged or of another format
   */
  static RunDocument read(Path runFolder) {
    return new RunDocument(RunFolder.open(runFolder).read());
  }

  private Map<?, ?> section(String name) {
    return root.get(name) instanceof Map<?, ?> section ? section : Map.of();
  }

  Optional<Object> value(String section, String key) {
    return in(section(section), key);
  }

  private static Optional<Object> in(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key));
  }

  /** A text, or a number as its text. */
  Optional<String> text(String section, String key) {
    return value(section, key).map(RunDocument::plain);
  }

  /** A number; a number that JSON cannot write (null) is empty too. */
  OptionalDouble number(String section, String key) {
    return value(section, key).orElse("") instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /** A number, or NaN. */
  double numberOrNaN(String section, String key) {
    return number(section, key).orElse(Double.NaN);
  }

  /** The texts of an array. */
  List<String> texts(String section, String key) {
    return value(section, key).orElse("") instanceof List<?> list
        ? list.stream().map(RunDocument::plain).toList()
        : List.of();
  }

  /** All values of a section for people, in the order of the document. */
  Map<String, String> values(String section) {
    Map<String, String> values = new LinkedHashMap<>();
    section(section).forEach((key, value) -> values.put(plain(key), plain(value)));
    return values;
  }

  /**
   * One line of a table of scores: rmse, mae, r2 of a number, accuracy and log loss of classes; the
   * others are NaN.
   *
   * @param r2 NaN where it is not defined
   */
  record Score(String target, double rmse, double mae, double r2, double accuracy, double logLoss) {
    /** Whether it is of classes. */
    boolean classes() {
      return !Double.isNaN(accuracy);
    }
  }

  /**
   * A way of learning beside the run.
   *
   * @param error ||Y - f||^2 on the training rows; NaN where it was not computed
   * @param train scores on the training rows
   * @param heldOut scores on the held-out rows
   * @param seconds what it took; NaN where it was not computed
   */
  record Beside(
      String name,
      double error,
      List<Score> train,
      List<Score> heldOut,
      double seconds,
      String note) {}

  /** The baselines, empty if there are none. */
  List<Beside> baselines() {
    List<Beside> all = new ArrayList<>();
    if (in(root, "baselines").orElse("") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          all.add(
              new Beside(
                  in(map, "name").map(RunDocument::plain).orElse(""),
                  number(map, "error"),
                  scores(in(map, "trainScores")),
                  scores(in(map, "heldOutScores")),
                  number(map, "seconds"),
                  in(map, "note").map(RunDocument::plain).orElse("")));
        }
      }
    }
    return all;
  }

  /** Scores of the outcome, empty if there are none. */
  List<Score> scores(String key) {
    return scores(value("outcome", key));
  }

  private static List<Score> scores(Optional<Object> value) {
    List<Score> scores = new ArrayList<>();
    if (value.orElse("") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> score) {
          scores.add(
              new Score(
                  in(score, "target").map(RunDocument::plain).orElse(""),
                  number(score, "rmse"),
                  number(score, "mae"),
                  number(score, "r2"),
                  number(score, "accuracy"),
                  number(score, "logLoss")));
        }
      }
    }
    return scores;
  }

  private static double number(Map<?, ?> map, String key) {
    return in(map, key).orElse("") instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** A value for people, without knowing what it is. */
  static String plain(Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> Figures.exact(number);
      case List<?> list -> String.join(", ", list.stream().map(RunDocument::plain).toList());
      case Map<?, ?> map ->
          String.join(
              ", ",
              map.entrySet().stream()
                  .map(entry -> plain(entry.getKey()) + " " + plain(entry.getValue()))
                  .toList());
      default -> value.toString();
    };
  }
}
