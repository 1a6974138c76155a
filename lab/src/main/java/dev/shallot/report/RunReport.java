package dev.shallot.report;

import dev.shallot.picture.Markup;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.RunException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run folder as one HTML file: the verdict, the key figures, the three-phase loss trace, the
 * curves over rounds, what {@code theory.json} holds where there is one, and every table of {@code
 * run.json}. The file needs nothing else: no network, no other file; it is forbidden to load any.
 */
public final class RunReport {
  private RunReport() {}

  /**
   * Writes {@code report.html} into a run folder, whole or not at all.
   *
   * @param runFolder holds {@code run.json}, {@code events.jsonl} and perhaps {@code theory.json}
   * @return the file
   * @throws RunException if the folder is no run folder, is damaged, or cannot be written to
   */
  public static Path write(Path runFolder) {
    String html = html(runFolder);
    Path file = runFolder.resolve("report.html");
    AtomicFile.write(file, html);
    return file;
  }

  /**
   * The report's text.
   *
   * @param runFolder holds {@code run.json}, {@code events.jsonl} and perhaps {@code theory.json}
   * @throws RunException if the folder is no run folder or is damaged
   */
  public static String html(Path runFolder) {
    RunDocument run = RunDocument.read(runFolder);
    RunSeries series = EventReader.read(runFolder.resolve("events.jsonl"), ChartData.DETAIL_STEPS);
    RunFacts facts = RunFacts.of(run);
    Summary summary = new Summary(run, series.progress());
    Optional<TheorySection> theory = TheorySection.read(runFolder);
    ChartData charts = new ChartData(series, facts, theory.flatMap(TheorySection::curves));
    Tables tables = new Tables(run);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Markup.escape(summary.title()));
    parts.put("verdict", Markup.escape(summary.verdict()));
    parts.put("state", summary.stopReason().equals("diverged") ? "bad" : "plain");
    parts.put("warnings", list(summary.warnings()));
    parts.put("cards", cards(summary.cards()));
    parts.put("figures", ChartFrames.of(series, facts, charts.thinning()));
    parts.put("theory", theory.map(TheorySection::markup).orElse(""));
    parts.put("plan", tables.plan());
    parts.put("data", tables.data());
    parts.put("outcome", tables.outcome());
    parts.put("scores", tables.scores());
    parts.put("baselines", tables.baselines());
    parts.put("provenance", tables.provenance());
    parts.put("version", Markup.escape(run.text("provenance", "version").orElse("")));
    parts.put("json", Markup.jsonInScript(charts.json()));
    parts.put("css", PageParts.text("report.css"));
    parts.put("echarts", Markup.scriptInScript(PageParts.text(PageParts.ECHARTS)));
    parts.put("plots", Markup.scriptInScript(PageParts.text("plots.js")));
    parts.put(
        "trace", Markup.scriptInScript(PageParts.text("trace.js") + PageParts.text("track.js")));
    parts.put("predictions", Markup.scriptInScript(PageParts.text("theory.js")));
    parts.put("charts", Markup.scriptInScript(PageParts.text("charts.js")));
    parts.put(
        "script", Markup.scriptInScript(PageParts.text("board.js") + PageParts.text("report.js")));
    return Markup.fill(PageParts.text("report.html"), parts);
  }

  private static String cards(List<Summary.Card> cards) {
    StringBuilder html = new StringBuilder();
    for (Summary.Card card : cards) {
      html.append("<div class=\"card\"><dt>")
          .append(Markup.escape(card.name()))
          .append("</dt><dd>")
          .append(Markup.escape(card.value()))
          .append("</dd><dd class=\"note\">")
          .append(Markup.escape(card.note()))
          .append("</dd></div>\n");
    }
    return html.toString();
  }

  private static String list(List<String> warnings) {
    StringBuilder html = new StringBuilder();
    for (String warning : warnings) {
      html.append("<p class=\"warning\" role=\"note\">")
          .append(Markup.escape(warning))
          .append("</p>\n");
    }
    return html.toString();
  }
}
