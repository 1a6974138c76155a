package dev.shallot.report;

import dev.shallot.picture.Markup;
import dev.shallot.run.Json;
import dev.shallot.run.PlanKey;
import dev.shallot.run.ProgramVersion;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sweep's folder as one HTML file that needs nothing else: a heat map, lines with bands, a table
 * of its places with mean, standard error and spread over seeds.
 */
public final class SweepReport {
  private SweepReport() {}

  /**
   * The report's text.
   *
   * @throws RunException if the folder is no sweep or damaged, or no cell is finished
   */
  public static String html(Path folder) {
    LiveSweep sweep = new LiveSweep(folder);
    Map<String, Object> tree;
    try {
      var version = sweep.news(-1);
      assert version.isPresent();
      tree = sweep.tree();
    } catch (IOException e) {
      throw new RunException("cannot read this sweep: " + e.getMessage(), e);
    }
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Markup.escape(String.valueOf(tree.get("title"))));
    parts.put("plan", plan(tree));
    parts.put("version", Markup.escape(ProgramVersion.text()));
    parts.put("json", Markup.jsonInScript(Json.writeCompact(tree)));
    parts.put("css", PageParts.text("report.css"));
    parts.put("echarts", Markup.scriptInScript(PageParts.text(PageParts.ECHARTS)));
    parts.put(
        "scripts",
        Markup.scriptInScript(
            PageParts.text("plots.js")
                + PageParts.text("sweeps.js")
                + PageParts.text("sweep-page.js")
                + PageParts.text("board.js")));
    parts.put("heat", ChartFrames.buttons("heat"));
    parts.put("lines", ChartFrames.buttons("lines"));
    return Markup.fill(PageParts.text("sweep.html"), parts);
  }

  private static String plan(Map<String, Object> tree) {
    List<List<String>> rows = new ArrayList<>();
    if (tree.get("plan") instanceof List<?> plan) {
      for (Object entry : plan) {
        if (entry instanceof List<?> pair) {
          String key = String.valueOf(pair.get(0));
          rows.add(
              List.of(
                  "<code>" + Markup.escape(key) + "</code>",
                  PlanKey.of(key).map(k -> Symbols.markup(k.symbol())).orElse(""),
                  Markup.escape(String.valueOf(pair.get(1)))));
        }
      }
    }
    return Markup.table(List.of("Key", "Symbol", "Value"), rows, 0);
  }
}
