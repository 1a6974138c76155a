package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.Markup;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.Json;
import dev.shallot.run.RunException;
import dev.shallot.trial.TheoryDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The section "Theory" of a report, from {@code theory.json} where a run has one. */
final class TheorySection {
  private final Map<String, Object> root;

  private TheorySection(Map<String, Object> root) {
    this.root = root;
  }

  /**
   * Reads the file.
   *
   * @return empty where there is none
   * @throws RunException if it is damaged or of another format
   */
  static Optional<TheorySection> read(Path runFolder) {
    Path file = runFolder.resolve("theory.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Map<String, Object> root = Json.readObject(Files.readString(file), file.toString());
      if (!TheoryDocument.FORMAT.equals(root.get("format"))
          || !(root.get("formatVersion") instanceof Integer version)
          || version > TheoryDocument.FORMAT_VERSION) {
        throw new RunException(
            "%s is no theory of a run that this program reads: delete it, or write it anew with shallot theory."
                .formatted(file));
      }
      return Optional.of(new TheorySection(root));
    } catch (IOException e) {
      throw new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  /** What the script draws; empty if nothing was trained. */
  Optional<Object> curves() {
    return Optional.ofNullable(root.get("curves"));
  }

  /** The section, as markup. */
  String markup() {
    StringBuilder html = new StringBuilder("<section>\n<h2>Theory</h2>\n");
    html.append("<p>").append(Markup.escape(sentence())).append("</p>\n");
    if (curves().isPresent()) {
      ChartFrames.frame(html, "theory", "tall", curveCaption());
      ChartFrames.frame(html, "terms", "low", termsCaption());
    }
    html.append("<h3>Predictions beside this run</h3>\n").append(predictions());
    html.append("<h3>What each statement asks for</h3>\n").append(assumptions());
    return html.append(
            "<p class=\"told\">Assumed: a bound that is proven only if all assumptions of its"
                + " statement hold. Order: only an order is published, and with its hidden constant"
                + " taken as 1 the number bounds nothing. Vacuous: no better than what is true"
                + " without the theorem. Orders off: log<sub>10</sub> of how far a number misses"
                + " what is asked.</p>\n"
                + "</section>\n")
        .toString();
  }

  private String sentence() {
    return "λ₀ = %s, proven within %s. Trained again with %s; the first seed is this run's own%s."
        .formatted(
            Figures.of(number("lambda0", "estimate"), 6),
            Figures.of(
                Math.max(
                    number("lambda0", "atMost") - number("lambda0", "estimate"),
                    number("lambda0", "estimate") - number("lambda0", "atLeast")),
                2),
            Summary.plural(number("run", "seeds"), "seed"),
            root.get("trainedAgain") instanceof String again ? ": " + again : "");
  }

  private String curveCaption() {
    double factor = number("setting", "errorFactor");
    return "Measured: mean of ‖y − u<sub>k</sub>‖² over seeds, band ± 1 standard deviation. P-LAZY:"
        + " the limit of infinite width from the same start, an estimate, with the floor that it"
        + " tends to. The theorem's rate: its first term alone, which is no bound."
        + boundSentence()
        + (factor == 1.0
            ? ""
            : " Errors are in the papers' units, this run's times ξ² = "
                + Figures.of(factor)
                + ".");
  }

  private String boundSentence() {
    double sum = 0.0;
    for (double term : terms().values()) {
      sum += term;
    }
    double start = Double.NaN;
    double largest = 0.0;
    if (map("curves").get("mean") instanceof List<?> mean) {
      for (Object one : mean) {
        double value = one instanceof Number number ? number.doubleValue() : Double.NaN;
        start = Double.isNaN(start) ? value : start;
        largest = Math.max(largest, value);
      }
    }
    // As theory.js decides whether to draw it.
    String far = sum < 100 * largest ? "" : ", and too far above for this picture";
    return " The bound of %s is that plus its floor, %s%s."
        .formatted(
            map("curves").get("theorem"), Figures.of(sum), sum < start ? "" : ": vacuous" + far);
  }

  private String termsCaption() {
    return "What the floor of "
        + Markup.escape(String.valueOf(map("curves").get("theorem")))
        + " is made of, beside the measured start and plateau; terms that are 0 are left out."
        + (terms().containsKey("T1")
            ? " T1 is the bias of masks on a finite width. All vanish at ξ = 1; T2, T5 and T6"
                + " vanish with the step size."
            : "");
  }

  private Map<String, Double> terms() {
    Map<String, Double> terms = new java.util.LinkedHashMap<>();
    if (map("curves").get("terms") instanceof Map<?, ?> all) {
      all.forEach(
          (name, value) ->
              terms.put(
                  String.valueOf(name),
                  value instanceof Number term ? term.doubleValue() : Double.POSITIVE_INFINITY));
    }
    return terms;
  }

  /** Every prediction that has a measurement. */
  private String predictions() {
    List<List<String>> rows = new ArrayList<>();
    for (Map<?, ?> statement : maps(root, "statements")) {
      for (Map<?, ?> report : maps(statement, "reports")) {
        if (!(report.get("measured") instanceof Map<?, ?> measured)) {
          continue;
        }
        rows.add(
            List.of(
                Markup.escape(text(statement, "title")),
                formula(text(report, "title")),
                "<span class=\"word\">" + knowledge(statement, report) + "</span>",
                figure(report, "predicted"),
                figure(measured, "mean")
                    + (numberOf(measured, "standardError").orElse(0) > 0
                        ? " ± " + figure(measured, "standardError")
                        : ""),
                Boolean.TRUE.equals(report.get("vacuous"))
                    ? "vacuous"
                    : text(report, "holds").equals("not applicable")
                        ? "no bound"
                        : Markup.escape(text(report, "holds"))));
      }
    }
    return Markup.table(
        List.of("Statement", "Prediction", "Known", "Predicted", "Measured", "Verdict"), rows, 3);
  }

  private static String knowledge(Map<?, ?> statement, Map<?, ?> report) {
    boolean holds = text(statement, "assumptionsHold").equals("holds");
    return switch (text(report, "label")) {
      case "EXPL" ->
          holds || Boolean.TRUE.equals(report.get("unconditional")) ? "proven" : "assumed";
      case "ORD" -> "order";
      case "ERR" -> "unproven";
      default -> "estimated";
    };
  }

  /** Plain letters as a formula. */
  private static String formula(String plain) {
    return Symbols.markup(
        plain
            .replace(" <= ", " ≤ ")
            .replace(" >= ", " ≥ ")
            .replace("lambda_min", "lambda_{min}")
            .replace("lambda_max", "lambda_{max}")
            .replace("H-inf", "H^{∞}"));
  }

  /** One row an assumption that does not hold, and one a statement all of whose do. */
  private String assumptions() {
    List<List<String>> rows = new ArrayList<>();
    for (Map<?, ?> statement : maps(root, "statements")) {
      String title = Markup.escape(text(statement, "title"));
      if (!Boolean.TRUE.equals(statement.get("relevant"))) {
        rows.add(List.of(title, "not about this plan", "", "", "", ""));
        continue;
      }
      int before = rows.size();
      for (Map<?, ?> a : maps(statement, "assumptions")) {
        if (!text(a, "verdict").equals("holds")) {
          rows.add(
              List.of(
                  rows.size() == before ? title : "",
                  formula(text(a, "asked")),
                  Markup.escape(text(a, "verdict")),
                  figure(a, "required"),
                  figure(a, "actual"),
                  numberOf(a, "ordersOff").isPresent()
                      ? Figures.of(numberOf(a, "ordersOff").getAsDouble(), 2)
                      : ""));
        }
      }
      if (rows.size() == before) {
        rows.add(List.of(title, "all its assumptions hold", "holds", "", "", ""));
      }
    }
    return Markup.table(
        List.of("Statement", "Asks for", "Verdict", "Required", "Actual", "Orders off"), rows, 3);
  }

  private static String figure(Map<?, ?> map, String key) {
    if (!map.containsKey(key)) {
      return "";
    }
    // JSON has no infinity: what cannot be written is null there.
    return numberOf(map, key).isPresent() ? Figures.of(numberOf(map, key).getAsDouble()) : "∞";
  }

  private static OptionalDouble numberOf(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static List<Map<?, ?>> maps(Map<?, ?> map, String key) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (map.get(key) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> one) {
          maps.add(one);
        }
      }
    }
    return maps;
  }

  private Map<?, ?> map(String key) {
    return root.get(key) instanceof Map<?, ?> section ? section : Map.of();
  }

  private double number(String section, String key) {
    return numberOf(map(section), key).orElse(Double.NaN);
  }
}
