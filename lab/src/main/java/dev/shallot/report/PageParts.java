package dev.shallot.report;

import dev.shallot.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scripts and styles of reports, which pages of runs that go on use too. */
public final class PageParts {
  /** Apache ECharts, the version that the build depends on. */
  static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  private static final List<String> NAMES =
      List.of(
          "report.css",
          "plots.js",
          "board.js",
          "trace.js",
          "track.js",
          "theory.js",
          "charts.js",
          "compare.js",
          "sweeps.js",
          "sweep-page.js");

  private PageParts() {}

  /** Name and content of every part. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("echarts.js", bytes(ECHARTS));
    NAMES.forEach(name -> parts.put(name, bytes(name)));
    return parts;
  }

  static String text(String name) {
    return new String(bytes(name), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = PageParts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new RunException("this build of Shallot lacks " + name + "; build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new RunException("cannot read " + name + " of this build: " + e.getMessage(), e);
    }
  }
}
