package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.Markup;
import dev.shallot.run.Json;
import dev.shallot.run.ProgramVersion;
import dev.shallot.run.RunException;
import dev.shallot.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several run folders as one HTML file that needs nothing else, see {@link Comparison}. */
public final class CompareReport {
  private CompareReport() {}

  /**
   * The report's text.
   *
   * @param runFolders 2 to {@value Comparison#MOST_RUNS} run folders
   * @throws RunException if one is none or damaged
   */
  public static String html(List<Path> runFolders) {
    List<Comparison.Named> named = named(runFolders);
    Map<String, Object> tree;
    try {
      tree = Comparison.of(named).tree();
    } catch (IOException e) {
      throw new RunException("cannot read these runs: " + e.getMessage(), e);
    }
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("count", Figures.count(named.size()));
    parts.put("version", Markup.escape(ProgramVersion.text()));
    parts.put("json", Markup.jsonInScript(Json.writeCompact(tree)));
    parts.put("css", PageParts.text("report.css"));
    parts.put("echarts", Markup.scriptInScript(PageParts.text(PageParts.ECHARTS)));
    parts.put(
        "scripts",
        Markup.scriptInScript(
            PageParts.text("plots.js")
                + PageParts.text("compare.js")
                + PageParts.text("board.js")));
    parts.put("buttons", ChartFrames.buttons("errors"));
    return Markup.fill(PageParts.text("compare.html"), parts);
  }

  static List<Comparison.Named> named(List<Path> runFolders) {
    List<Comparison.Named> named = new ArrayList<>();
    List<String> names = names(runFolders);
    for (int i = 0; i < runFolders.size(); i++) {
      // Refuses what is no run folder, with its name.
      RunFolder.open(runFolders.get(i));
      named.add(new Comparison.Named(names.get(i), new LiveRun(runFolders.get(i))));
    }
    return named;
  }

  /** The folders' own names where these differ, or else their paths. */
  static List<String> names(List<Path> folders) {
    List<String> names =
        folders.stream()
            .map(folder -> folder.toAbsolutePath().normalize())
            .map(folder -> String.valueOf(folder.getFileName()))
            .toList();
    Set<String> distinct = new HashSet<>(names);
    return distinct.size() == names.size() ? names : folders.stream().map(Path::toString).toList();
  }
}
