package dev.shallot.reproduce;

import dev.shallot.picture.Markup;
import dev.shallot.picture.Palette;
import dev.shallot.picture.Pictures;
import dev.shallot.run.ProgramVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure as one page without scripts: verdicts, pictures in light and dark, their numbers to
 * download, what is known and what is our choice.
 */
final class FigurePage {
  /** A picture this wide has a row of its own. */
  private static final double WIDE = 800;

  private final Setup setup;
  private final Setup.Size size;
  private final String title;
  private final Workshop workshop;
  private final List<Verdict> verdicts;
  private final List<Plate> plates;
  private final List<String> remarks;

  FigurePage(
      Setup setup,
      Setup.Size size,
      String title,
      Workshop workshop,
      List<Verdict> verdicts,
      List<Plate> plates,
      List<String> remarks) {
    this.setup = setup;
    this.size = size;
    this.title = title;
    this.workshop = workshop;
    this.verdicts = verdicts;
    this.plates = plates;
    this.remarks = remarks;
  }

  String html() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Markup.escape(title));
    parts.put("id", Markup.escape(setup.id()));
    parts.put("summary", Markup.escape(summary()));
    parts.put("data", Markup.escape(String.join("; ", workshop.dataWords())));
    parts.put("warnings", warnings());
    parts.put("verdicts", verdicts());
    parts.put("plates", plates());
    parts.put("setup", Prose.html(setup.text()));
    parts.put("version", Markup.escape(ProgramVersion.text()));
    parts.put("css", Setup.resource("figure.css"));
    return Markup.fill(Setup.resource("figure.html"), parts);
  }

  private String summary() {
    List<String> counts = new ArrayList<>();
    for (Verdict.Standing standing : Verdict.Standing.values()) {
      long count = verdicts.stream().filter(v -> v.standing() == standing).count();
      if (count > 0) {
        counts.add("%d %s".formatted(count, standing.words()));
      }
    }
    return verdicts.size() == 1
        ? "The predicate is %s.".formatted(verdicts.getFirst().standing().words())
        : "Of %d predicates: %s.".formatted(verdicts.size(), String.join(", ", counts));
  }

  private String warnings() {
    List<String> warnings = new ArrayList<>();
    if (workshop.standIn()) {
      warnings.add("The source's data is not at hand: a built-in set stands in for it.");
    }
    String scaled = workshop.scaled().orElse(setup.told(size));
    if (!scaled.isEmpty()) {
      warnings.add(scaled);
    }
    warnings.addAll(remarks);
    StringBuilder html = new StringBuilder();
    for (String warning : warnings) {
      html.append("<p class=\"warning\" role=\"note\">")
          .append(Markup.escape(warning))
          .append("</p>\n");
    }
    return html.toString();
  }

  private String verdicts() {
    StringBuilder html = new StringBuilder("<dl class=\"verdicts\">\n");
    for (Verdict verdict : verdicts) {
      String kind =
          switch (verdict.standing()) {
            case REPRODUCED -> "yes";
            case NOT_REPRODUCED -> "no";
            case NOT_CHECKABLE -> "open";
          };
      html.append(
          "<div class=\"%s\"><dt><strong>%s</strong> <span class=\"stamp\">%s</span></dt><dd>%s</dd><dd class=\"found\">%s</dd></div>\n"
              .formatted(
                  kind,
                  Markup.escape(verdict.id()),
                  Markup.escape(verdict.standing().words()),
                  Markup.escape(verdict.says()),
                  Markup.escape(verdict.found())));
    }
    return html.append("</dl>\n").toString();
  }

  private String plates() {
    StringBuilder html = new StringBuilder("<div class=\"plates\">\n");
    for (Plate plate : plates) {
      html.append(plate.picture().width() > WIDE ? "<figure class=\"wide\">" : "<figure>")
          .append("\n<div class=\"light\">")
          .append(Pictures.svg(plate.picture(), Palette.LIGHT))
          .append("</div>\n<div class=\"dark\" aria-hidden=\"true\">")
          .append(Pictures.svg(plate.picture(), Palette.DARK))
          .append("</div>\n<figcaption>")
          .append(Markup.escape(plate.caption()))
          .append(" <span class=\"screen\">")
          .append(download(plate.name() + ".csv", "text/csv", plate.csv(), "Data (CSV)"))
          .append(' ')
          .append(
              download(
                  plate.name() + ".svg",
                  "image/svg+xml",
                  Pictures.svg(plate.picture(), Palette.LIGHT),
                  "Picture (SVG)"))
          .append("</span></figcaption>\n</figure>\n");
    }
    return html.append("</div>\n").toString();
  }

  private static String download(String name, String type, String content, String words) {
    return "<a class=\"button\" download=\"%s\" href=\"data:%s;base64,%s\">%s</a>"
        .formatted(
            Markup.escape(name),
            type,
            Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)),
            words);
  }
}
