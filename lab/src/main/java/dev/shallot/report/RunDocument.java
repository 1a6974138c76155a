package dev.shallot.report;

import dev.shallot.run.AtomicFile;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code run.json}, looked up by name. What is not there is empty: a report is made of what a run
 * has, and a run that was killed has no outcome.
 */
final class RunDocument {
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode root;

  private RunDocument(JsonNode root) {
    this.root = root;
  }

  /**
   * Reads the document of a run folder.
   *
   * @throws RunException if it is missing, damaged or of another format
   */
  static RunDocument read(Path runFolder) {
    Path file = runFolder.resolve("run.json");
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RunException("%s is no run folder: it has no run.json".formatted(runFolder), e);
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      String message = String.valueOf(e.getOriginalMessage());
      throw new RunException(
          "%s, line %s: no whole JSON document (%s)"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  message.lines().findFirst().orElse("")),
          e);
    }
    if (!root.path("format").asString("").equals("shallot-run")) {
      throw new RunException(
          "%s: \"format\" must be \"shallot-run\", but is %s".formatted(file, root.path("format")));
    }
    if (root.path("formatVersion").asInt(0) != 1) {
      throw new RunException(
          "%s: this version reads formatVersion 1, but it is %s"
              .formatted(file, root.path("formatVersion")));
    }
    return new RunDocument(root);
  }

  private JsonNode node(String section, String key) {
    return root.path(section).path(key);
  }

  /** Whether a section is there. */
  boolean has(String section) {
    return root.path(section).isObject();
  }

  /** A text, or a number as its text. */
  Optional<String> text(String section, String key) {
    JsonNode node = node(section, key);
    return node.isValueNode() && !node.isNull() ? Optional.of(plain(node)) : Optional.empty();
  }

  /** A number; a number that JSON cannot write (null) is empty too. */
  OptionalDouble number(String section, String key) {
    JsonNode node = node(section, key);
    return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
  }

  /** A number, or NaN. */
  double numberOrNaN(String section, String key) {
    return number(section, key).orElse(Double.NaN);
  }

  /** The texts of an array. */
  List<String> texts(String section, String key) {
    List<String> texts = new ArrayList<>();
    node(section, key).forEach(item -> texts.add(plain(item)));
    return texts;
  }

  /** All plain values of a section for people, in the order of the document. */
  Map<String, String> values(String section) {
    Map<String, String> values = new LinkedHashMap<>();
    root.path(section).properties().forEach(e -> values.put(e.getKey(), plain(e.getValue())));
    return values;
  }

  /** One line of a table of scores. */
  record Score(String target, double rmse, double mae, double r2) {}

  /** Scores of the outcome, empty if there are none. */
  List<Score> scores(String key) {
    List<Score> scores = new ArrayList<>();
    for (JsonNode node : node("outcome", key)) {
      scores.add(
          new Score(
              plain(node.path("target")),
              node.path("rmse").asDouble(Double.NaN),
              node.path("mae").asDouble(Double.NaN),
              node.path("r2").asDouble(Double.NaN)));
    }
    return scores;
  }

  private static String plain(JsonNode node) {
    if (node.isString()) {
      return node.stringValue();
    }
    if (node.isFloatingPointNumber()) {
      return Figures.exact(node.doubleValue());
    }
    if (node.isArray()) {
      List<String> parts = new ArrayList<>();
      node.forEach(item -> parts.add(plain(item)));
      return String.join(", ", parts);
    }
    return node.isMissingNode() || node.isNull() ? "" : node.toString();
  }
}
